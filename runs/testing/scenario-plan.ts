import type { RunnableScenario, RunnableStep } from "#language/embedded/gherkin/runnable-scenarios.ts";
import type { DeclaredStep, ScenarioStep, StepAction } from "#protocol/wire/cases.ts";
import type { Case } from "#runs/cases/planned-cases.ts";

/** A custom step and its place among those that the file declares. */
export interface NumberedStep extends DeclaredStep {
  readonly number: number;
}

/** A scenario of a file, with lines of the source in the place of offsets. */
export interface PlannedScenario {
  readonly name: string;
  readonly title: string;
  readonly tags: readonly string[];
  /** The file of the workspace that its lines count in, where that is not the procedure's own. */
  readonly file?: string;
  readonly line: number;
  readonly steps: readonly ScenarioStep[];
}

/** Gives a scenario its lines; `lineOf` turns an offset of the specification into a line. */
export function plannedScenario(
  { name, title, tags, start, steps }: RunnableScenario<NumberedStep>,
  lineOf: (offset: number) => number,
  file: string | undefined,
): PlannedScenario {
  return {
    name,
    title,
    tags,
    ...(file !== undefined && { file }),
    line: lineOf(start),
    steps: steps.map((step) => plannedStep(step, lineOf)),
  };
}

/** The scenario as a sandbox gets it. */
export function scenarioCase({ name, line, steps }: PlannedScenario, number: number): Case {
  return { kind: "scenario", case: number, name, line, steps: [...steps] };
}

function plannedStep(step: RunnableStep<NumberedStep>, lineOf: (offset: number) => number): ScenarioStep {
  return {
    text: step.text,
    line: lineOf(step.start),
    action: actionOf(step),
    ...(step.table && { table: step.table.map((row) => [...row]) }),
    ...(step.docString !== undefined && { docString: step.docString }),
  };
}

function actionOf({ match, suggestion }: RunnableStep<NumberedStep>): StepAction {
  if (!match) return { kind: "undefined", ...(suggestion !== undefined && { suggestion }) };
  if (match.kind === "custom") {
    return {
      kind: "custom",
      step: match.step.number,
      captures: match.captures.map((capture) => capture ?? null),
    };
  }
  const given = match.arguments.map(({ name, text }) => [name, text] as const);
  return { kind: "builtIn", name: match.step.name, arguments: Object.fromEntries(given) };
}
