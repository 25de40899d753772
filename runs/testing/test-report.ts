import { addUsage, noUsage, type RunFailure } from "#protocol/events/events.ts";
import type { TestedFile, TestedScenario, TestReport } from "#protocol/reports/test-report.ts";
import type { CaseReport, CaseResult } from "#runs/cases/case-result.ts";
import { deviation, mean, median } from "#runs/cases/statistics.ts";
import type { PlannedScenario } from "#runs/testing/scenario-plan.ts";

/** What became of a file. */
interface FileOutcome {
  readonly file: string;
  readonly problem: RunFailure | undefined;
  readonly results: readonly CaseResult<PlannedScenario>[];
}

/** Sums up the runs of all files. */
export function reportOf(files: readonly FileOutcome[], isCancelled: boolean): TestReport {
  const tested = files.map(testedFile);
  const all = tested.flatMap(({ scenarios }) => scenarios);
  const count = (status: TestedScenario["status"]) =>
    all.filter((scenario) => scenario.status === status).length;
  return {
    files: tested,
    passed: count("passed"),
    failed: count("failed") + count("undefined") + tested.filter(({ error }) => error).length,
    skipped: count("skipped"),
    ...(isCancelled && { cancelled: true }),
  };
}

function testedFile({ file, problem, results }: FileOutcome): TestedFile {
  const byScenario = Map.groupBy(results, ({ planned }) => planned);
  const scenarios = [...byScenario].map(([planned, runs]) => {
    const reports = runs.flatMap(({ report }) => (report ? [report] : []));
    return reports.length > 0 ? testedScenario(planned, reports) : skippedScenario(planned);
  });
  return { file, scenarios, ...(problem && { error: placed(problem) }) };
}

function testedScenario(planned: PlannedScenario, reports: readonly CaseReport[]): TestedScenario {
  const passed = reports.filter(({ status }) => status === "passed").length;
  const shown = reports.find(({ status }) => status !== "passed") ?? reports[0];
  const durations = reports.map(({ durationMs }) => durationMs);
  const costs = reports.flatMap(({ cost }) => cost ?? []);
  return {
    name: planned.name,
    status: shown?.status ?? "skipped",
    ...placeOf(planned),
    tags: [...planned.tags],
    steps: shown?.steps ?? stepsOf(planned),
    ...(shown?.error && { error: placed(shown.error) }),
    durationMs: mean(durations),
    runs: reports.length,
    successRate: passed / reports.length,
    ...(reports.length > 1 && { repeated: repetition(reports, passed) }),
    usage: reports.reduce((sum, { usage }) => addUsage(sum, usage), noUsage),
    ...(costs.length > 0 && { cost: costs.reduce((sum, cost) => sum + cost, 0) }),
  };
}

function repetition(reports: readonly CaseReport[], passed: number): NonNullable<TestedScenario["repeated"]> {
  const durations = reports.map(({ durationMs }) => durationMs);
  const failed = reports.length - passed;
  return {
    passed,
    failed,
    medianMs: median(durations),
    deviationMs: deviation(durations),
    consistency: consistencyOf(reports),
    isFlaky: passed > 0 && failed > 0,
  };
}

/** How many runs went, step for step, as the most frequent way. */
function consistencyOf(reports: readonly CaseReport[]): number {
  const ways = Map.groupBy(reports, ({ steps, status }) =>
    JSON.stringify([status, ...(steps ?? []).map((step) => [step.text, step.status])]),
  );
  return Math.max(...[...ways.values()].map((same) => same.length)) / reports.length;
}

function skippedScenario(planned: PlannedScenario): TestedScenario {
  return {
    name: planned.name,
    status: "skipped",
    ...placeOf(planned),
    tags: [...planned.tags],
    steps: stepsOf(planned),
    durationMs: 0,
    runs: 0,
    successRate: 0,
    usage: noUsage,
  };
}

function placeOf({ file, line }: PlannedScenario): Pick<TestedScenario, "file" | "line"> {
  return { ...(file !== undefined && { file }), line };
}

function stepsOf({ steps }: PlannedScenario): TestedScenario["steps"] {
  return steps.map(({ text, line }) => ({ text, line, status: "skipped" }));
}

function placed({ code, message, file, line }: RunFailure): NonNullable<TestedFile["error"]> {
  return { code, message, ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
}
