import type { FileContext, Finding, FindingFix, Rule } from "#language/diagnostics/rule.ts";
import type { GherkinProblem } from "#language/embedded/gherkin/gherkin-document.ts";
import { matchStep } from "#language/embedded/gherkin/match-steps.ts";
import { nearestStep } from "#language/embedded/gherkin/nearest-step.ts";
import { requiredModules } from "#language/semantics/required-modules.ts";
import {
  isSpecification,
  ownSteps,
  type SpecificationStep,
  specificationSteps,
  specificationTexts,
} from "#language/semantics/specification-steps.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";

/** Gherkin in specifications: what is no Gherkin, and steps that mean nothing. Nothing while its parser is not loaded. */
export const specifications: Rule = {
  file: (context) => {
    const models = context.file.models.filter(({ sites }) => sites.some(isSpecification));
    if (models.length === 0) return;
    const elsewhere = stepsElsewhere(context);
    const guesses = new Guesses([
      ...ownSteps(context.file).map(({ pattern }) => pattern),
      ...(elsewhere ?? []),
    ]);
    for (const model of models) {
      for (const { document, base } of specificationTexts(context.file, model))
        for (const problem of document.problems) context.report(model, problemFinding(problem, base));
      // A module that nobody has evaluated may define any step.
      if (elsewhere === undefined) continue;
      for (const step of specificationSteps(context.file, model))
        if (!step.match && !elsewhere.some((pattern) => fits(pattern, step)))
          context.report(model, undefinedStep(step, model, guesses));
    }
  },
};

/** Patterns of steps that modules declare; undefined when they can't be known. */
function stepsElsewhere({ file, project }: FileContext): readonly string[] | undefined {
  const { evaluation } = file;
  if (evaluation)
    return evaluation.declarations.flatMap(({ kind, text }) =>
      kind === "Step" && text !== undefined ? [text] : [],
    );
  const hasModules = requiredModules(file).some(
    ({ name }) => project.module(file.uri, name).kind !== "standard",
  );
  return hasModules ? undefined : [];
}

function fits(pattern: string, { step }: SpecificationStep): boolean {
  return matchStep(step.text.text, [{ pattern }]) !== undefined;
}

function problemFinding(
  { start, end, message, replacement, isGuess }: GherkinProblem,
  base: number,
): Finding {
  const span = { start: base + start, end: base + end };
  return {
    code: "specification-error",
    span,
    ...(isGuess && { severity: "warning" }),
    message,
    ...(replacement !== undefined && {
      fixes: [
        {
          title: replacement.trim() === "" ? "Remove it" : `Write "${replacement.trim()}"`,
          edits: [{ ...span, text: replacement }],
          isPreferred: true,
        },
      ],
    }),
  };
}

const findings = new WeakMap<SpecificationStep, Finding>();

/** Looking for the nearest step takes a moment, so each step has its finding as long as it stays the same. */
function undefinedStep(found: SpecificationStep, model: StatementModel, guesses: Guesses): Finding {
  const known = findings.get(found);
  if (known) return known;
  const { step, base } = found;
  const { text, start, end } = step.text;
  const span = { start: base + start, end: base + end };
  const nearest = guesses.for(text);
  const fixes: FindingFix[] = [];
  if (nearest?.isComplete)
    fixes.push({
      title: `Write "${nearest.text}"`,
      edits: [{ ...span, text: nearest.text }],
      isPreferred: true,
    });
  const definition = `\n\nStep(${quoted(text)}, function(ctx)\nend)`;
  const at = model.top.node.end;
  fixes.push({ title: "Define this step", edits: [{ start: at, end: at, text: definition }] });
  const finding: Finding = {
    code: "undefined-step",
    span,
    message: `No step reads "${text}": it is not built in, and no \`Step\` of the file defines it.${nearest ? ` Did you mean "${nearest.text}"?` : ""}`,
    fixes,
  };
  findings.set(found, finding);
  return finding;
}

/** So many texts are compared with all steps after a change; a file with more undefined ones lacks something else. */
const mostGuesses = 1000;

/** What undefined steps may mean, found out once for each text. */
class Guesses {
  readonly #patterns: ReadonlyArray<{ readonly pattern: string }>;
  readonly #known = new Map<string, ReturnType<typeof nearestStep>>();

  constructor(patterns: readonly string[]) {
    this.#patterns = patterns.map((pattern) => ({ pattern }));
  }

  for(text: string): ReturnType<typeof nearestStep> {
    if (!this.#known.has(text) && this.#known.size < mostGuesses)
      this.#known.set(text, nearestStep(text, this.#patterns));
    return this.#known.get(text);
  }
}

/** A text that a pattern fits which is exactly it, as a string of Lua. */
function quoted(text: string): string {
  const pattern = text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return `"${pattern.replace(/[\\"]/g, "\\$&")}"`;
}
