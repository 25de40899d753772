import type { CompletionItem, Completions } from "#language/completion/completion-item.ts";
import type { CompletionPlace } from "#language/completion/completion-place.ts";
import { stateKeyItems } from "#language/completion/reference-names.ts";
import { completeSteps, type StepContext } from "#language/embedded/gherkin/complete-steps.ts";
import { namesOfKind } from "#language/semantics/declared-names.ts";
import { paragraphs } from "#language/semantics/entry-text.ts";
import { runSchema } from "#language/semantics/main-procedure.ts";
import { ownSteps } from "#language/semantics/specification-steps.ts";
import { membersOf } from "#language/semantics/types.ts";
import type { StringExpression } from "#language/syntax/tree.ts";
import { gherkinKeywords } from "#vocabulary/steps.ts";

/** What can be written in a line of a specification: a keyword, or a step behind one. */
export function gherkinCompletions(
  place: CompletionPlace,
  { content }: StringExpression,
): Completions | undefined {
  const { file, model, offset } = place;
  const textStart = model.offset + content.start;
  const lineStart = Math.max(textStart, file.text.lastIndexOf("\n", offset - 1) + 1);
  const line = file.text.slice(lineStart, offset);
  if (isInDocString(file.text.slice(textStart, lineStart))) return undefined;
  const step = /^(\s*(?:Given|When|Then|And|But|\*)\s+)(.*)$/.exec(line);
  if (step) return stepCompletions(place, lineStart + (step[1] ?? "").length, step[2] ?? "", line.trim());
  const begun = /^\s*([A-Za-z]*(?: [A-Za-z]*)?)$/.exec(line)?.[1];
  if (begun === undefined) return undefined;
  return {
    items: keywordItems(file.text.slice(textStart, lineStart)),
    replace: { start: offset - begun.length, end: offset },
    within: "text",
  };
}

function isInDocString(before: string): boolean {
  return (before.match(/^\s*(?:"""|```)/gm)?.length ?? 0) % 2 === 1;
}

/** A second feature is no Gherkin, and examples belong to an outline. */
function keywordItems(before: string): CompletionItem[] {
  const hasFeature = /^\s*Feature:/m.test(before);
  const last = before
    .match(/^\s*(?:Scenario|Scenario Outline|Background|Rule|Feature):/gm)
    ?.at(-1)
    ?.trim();
  return gherkinKeywords
    .filter(({ name, isTitle }) => {
      if (name === "Feature") return !hasFeature;
      if (name === "Examples") return last === "Scenario Outline:";
      return isTitle ? hasFeature : last !== undefined && last !== "Feature:" && last !== "Rule:";
    })
    .map(({ name, isTitle, doc }) => ({
      label: name,
      kind: "keyword",
      doc,
      insert: isTitle ? `${name}: ` : `${name} `,
      rank: isTitle ? 4 : 3,
    }));
}

/** A step replaces the rest of its line. */
function stepCompletions(place: CompletionPlace, start: number, prefix: string, line: string): Completions {
  const { file, offset } = place;
  const keyword = roleOf(line, file.text.slice(0, start));
  const items = completeSteps(prefix, { customSteps: ownSteps(file), names: namesFor(place) }).map(
    ({ label, snippet, doc, step }): CompletionItem => ({
      label,
      kind: "step",
      insert: snippet,
      isSnippet: true,
      // What was typed is compared with the whole step, whose words may stand in between.
      filter: prefix === "" ? label : `${prefix} ${label}`,
      doc: paragraphs([doc, step && `For example: ${step.example}`]),
      rank: step === undefined ? 1 : step.keyword === keyword ? 2 : 3,
    }),
  );
  const lineEnd = file.text.indexOf("\n", offset);
  const rest = file.text.slice(offset, lineEnd < 0 ? undefined : lineEnd);
  const close = /\]=*\]/.exec(rest)?.index ?? rest.length;
  const end = offset + rest.slice(0, close).trimEnd().length;
  return { items, replace: { start, end }, within: "step", isIncomplete: true };
}

/** What `And` and `But` go on with. */
function roleOf(line: string, before: string): string | undefined {
  const own = /^(Given|When|Then)/.exec(line)?.[1];
  return own ?? Array.from(before.matchAll(/^\s*(Given|When|Then)\s/gm)).at(-1)?.[1];
}

/** Names that exist, for the parameters that stand for them. */
function namesFor({ file, project }: CompletionPlace): NonNullable<StepContext["names"]> {
  const declared = (kind: "tool" | "agent" | "model"): string[] => [
    ...namesOfKind(kind, { file, project }).names,
  ];
  const schema = (field: "input" | "output"): string[] => [
    ...(membersOf(runSchema(file.types, field))?.keys() ?? []),
  ];
  return {
    tool: declared("tool"),
    agent: declared("agent"),
    model: declared("model"),
    input: schema("input"),
    output: schema("output"),
    state: stateKeyItems(file).map(({ label }) => label),
  };
}
