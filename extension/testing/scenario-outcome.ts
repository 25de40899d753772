import type { TestedFile, TestedScenario } from "#protocol/reports/test-report.ts";

/** How a scenario went, as the editor shows it. */
export type ScenarioOutcome = ScenarioPlace &
  ({ readonly status: "passed" | "skipped" } | { readonly status: "failed"; readonly problem: StepProblem });

interface ScenarioPlace {
  /** Its name; a further one of the same name is counted. */
  readonly id: string;
  readonly name: string;
  /** In the `.tac` file, from 1; undefined for a scenario that comes from a file beside it. */
  readonly line: number | undefined;
  readonly durationMs: number;
}

/** Why a scenario did not pass, and at which line of the `.tac` file. */
interface StepProblem {
  readonly text: string;
  readonly line: number | undefined;
}

/** The scenarios of a tested file in their order. */
export function scenarioOutcomes({ scenarios }: TestedFile): ScenarioOutcome[] {
  const seen = new Map<string, number>();
  return scenarios.map((scenario) => {
    const time = (seen.get(scenario.name) ?? 0) + 1;
    seen.set(scenario.name, time);
    return outcomeOf(scenario, time === 1 ? scenario.name : `${scenario.name} (${time})`);
  });
}

function outcomeOf(scenario: TestedScenario, id: string): ScenarioOutcome {
  const { name, status, durationMs } = scenario;
  const place = { id, name, line: ownLine(scenario, scenario.line), durationMs };
  if (status === "passed" || status === "skipped") return { ...place, status };
  return { ...place, status: "failed", problem: problemOf(scenario) };
}

function problemOf(scenario: TestedScenario): StepProblem {
  const step = scenario.steps.find(({ status }) => status === "failed" || status === "undefined");
  if (!step) {
    const { error } = scenario;
    const text = error ? `${error.code}: ${error.message}` : "It has no steps.";
    return { text, line: ownLine(scenario, error?.line ?? scenario.line) };
  }
  const why = step.message ?? (step.status === "undefined" ? "No step has this text." : "It failed.");
  const place = scenario.file === undefined ? "" : ` (${scenario.file}:${step.line})`;
  return { text: `${step.text}${place}\n${why}`, line: ownLine(scenario, step.line) };
}

function ownLine({ file }: TestedScenario, line: number): number | undefined {
  return file === undefined ? line : undefined;
}
