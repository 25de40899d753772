import {
  type GherkinDocument,
  type GherkinWord,
  stepsOf,
} from "#language/embedded/gherkin/gherkin-document.ts";
import { outlineNames } from "#language/embedded/gherkin/match-outline-step.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import {
  type SpecificationStep,
  specificationSteps,
  specificationTexts,
} from "#language/semantics/specification-steps.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { type TokenType, typeNumber } from "#language/structure/token-legend.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Kept under the steps, which are found out again when what they are matched with changes. */
const tokensOf = new WeakMap<readonly SpecificationStep[], Uint32Array>();

const none = new Uint32Array();

/** Keywords, tags, parameters and outline names of the specifications of a statement. */
export function specificationTokens(file: ProcedureFile, model: StatementModel): Uint32Array {
  const texts = specificationTexts(file, model);
  if (texts.length === 0) return none;
  const steps = specificationSteps(file, model);
  const known = tokensOf.get(steps);
  if (known) return known;
  const found: Array<readonly [start: number, length: number, type: number, modifiers: number]> = [];
  const add = ({ start, end }: Span, base: number, type: TokenType): void => {
    if (end > start) found.push([base + start, end - start, typeNumber(type), 0]);
  };
  for (const { document, base } of texts) {
    for (const word of keywordsOf(document)) add(word, base, "keyword");
    for (const word of tagsOf(document)) add(word, base, "label");
  }
  for (const step of steps) for (const { span, type } of partsOf(step)) add(span, step.base, type);
  found.sort((first, second) => first[0] - second[0]);
  const tokens = Uint32Array.from(found.flat());
  tokensOf.set(steps, tokens);
  return tokens;
}

function keywordsOf(document: GherkinDocument): GherkinWord[] {
  const { feature } = document;
  if (!feature) return [];
  const containers = [feature, ...feature.rules];
  const scenarios = containers.flatMap((container) => container.scenarios);
  return [
    ...containers.map(({ keyword }) => keyword),
    ...containers.flatMap(({ background }) => background?.keyword ?? []),
    ...scenarios.flatMap(({ keyword, examples }) => [keyword, ...examples.map((each) => each.keyword)]),
    ...stepsOf(document).map(({ step }) => step.keyword),
  ];
}

function tagsOf({ feature }: GherkinDocument): readonly GherkinWord[] {
  if (!feature) return [];
  const containers = [feature, ...feature.rules];
  const scenarios = containers.flatMap((container) => container.scenarios);
  const examples = scenarios.flatMap((scenario) => scenario.examples);
  return [...containers, ...scenarios, ...examples].flatMap(({ tags }) => tags);
}

/** What a step's parameters took; names of an outline where they stand. */
function partsOf({ step, match }: SpecificationStep): { span: Span; type: TokenType }[] {
  const { start, text } = step.text;
  const moved = (span: Span): Span => ({ start: start + span.start, end: start + span.end });
  const names = outlineNames(text);
  const outline = names.map((span) => ({ span: moved(span), type: "variable" as const }));
  const taken = (match?.arguments ?? [])
    .filter((argument) => !names.some((name) => name.start < argument.end && argument.start < name.end))
    .map((argument) => ({ span: moved(argument), type: "parameter" as const }));
  return [...outline, ...taken];
}
