import type {
  GherkinDocument,
  GherkinRow,
  GherkinScenario,
  GherkinStep,
} from "#language/embedded/gherkin/gherkin-document.ts";
import { type CustomStep, matchStep, type StepMatch } from "#language/embedded/gherkin/match-steps.ts";
import { nearestStep } from "#language/embedded/gherkin/nearest-step.ts";

/** A scenario as it is run: with the steps of its backgrounds, and one for each row of its examples. */
export interface RunnableScenario<Custom extends CustomStep> {
  readonly name: string;
  /** The name as it is written: that of an outline stands for all of its rows. */
  readonly title: string;
  /** Those of the feature and the rule included, without `@`. */
  readonly tags: readonly string[];
  /** Offset of the scenario's keyword, of an outline's row. */
  readonly start: number;
  readonly steps: readonly RunnableStep<Custom>[];
}

export interface RunnableStep<Custom extends CustomStep> {
  /** With its keyword. */
  readonly text: string;
  readonly start: number;
  readonly match: StepMatch<Custom> | undefined;
  /** What a step that matches nothing most likely means. */
  readonly suggestion?: string;
  readonly table?: readonly (readonly string[])[];
  readonly docString?: string;
}

/** What an outline's `<names>` stand for; of a plain scenario nothing. */
type Example = ReadonlyMap<string, string>;

/** The scenarios of a specification in their order, ready to be run. */
export function runnableScenarios<Custom extends CustomStep>(
  { feature }: GherkinDocument,
  customSteps: readonly Custom[],
): RunnableScenario<Custom>[] {
  if (!feature) return [];
  const place = { tags: feature.tags.map(tagName), before: feature.background?.steps ?? [] };
  const scenarios = feature.scenarios.map((scenario) => ({ scenario, ...place }));
  const ruled = feature.rules.flatMap((rule) =>
    rule.scenarios.map((scenario) => ({
      scenario,
      tags: [...place.tags, ...rule.tags.map(tagName)],
      before: [...place.before, ...(rule.background?.steps ?? [])],
    })),
  );
  return [...scenarios, ...ruled].flatMap((placed) => expand(placed, customSteps));
}

interface PlacedScenario {
  readonly scenario: GherkinScenario;
  /** Of what stands around it. */
  readonly tags: readonly string[];
  readonly before: readonly GherkinStep[];
}

function expand<Custom extends CustomStep>(
  { scenario, tags, before }: PlacedScenario,
  customSteps: readonly Custom[],
): RunnableScenario<Custom>[] {
  const own = [...tags, ...scenario.tags.map(tagName)];
  const title = scenario.name.text;
  const steps = [...before, ...scenario.steps];
  const run = (example: Example) => steps.map((step) => runnableStep(step, example, customSteps));
  if (scenario.examples.length === 0) {
    return [{ name: title, title, tags: own, start: scenario.keyword.start, steps: run(new Map()) }];
  }
  let number = 0;
  return scenario.examples.flatMap(({ header, rows, tags: ofExamples }) =>
    rows.map((row) => {
      const example = exampleOf(header, row);
      const filled = fill(title, example);
      number += 1;
      return {
        name: filled === title ? `${title} #${number}` : filled,
        title,
        tags: [...own, ...ofExamples.map(tagName)],
        start: row.start,
        steps: run(example),
      };
    }),
  );
}

function exampleOf(header: GherkinRow | undefined, row: GherkinRow): Example {
  return new Map(header?.cells.map(({ text }, index) => [text, row.cells[index]?.text ?? ""]));
}

function runnableStep<Custom extends CustomStep>(
  step: GherkinStep,
  example: Example,
  customSteps: readonly Custom[],
): RunnableStep<Custom> {
  const text = fill(step.text.text, example);
  const docString = step.docString && fill(step.docString.text, example);
  const match = matchStep(text, customSteps);
  const nearest = match ? undefined : nearestStep(text, customSteps);
  return {
    text: `${step.keyword.text} ${text}`,
    start: step.keyword.start,
    match,
    ...(nearest && { suggestion: nearest.text }),
    ...(step.table && {
      table: step.table.rows.map(({ cells }) => cells.map((cell) => fill(cell.text, example))),
    }),
    ...(docString !== undefined && { docString }),
  };
}

function fill(text: string, example: Example): string {
  return text.replace(/<([^<>\s][^<>]*)>/g, (written, name: string) => example.get(name) ?? written);
}

function tagName({ text }: { readonly text: string }): string {
  return text.replace(/^@/, "");
}
