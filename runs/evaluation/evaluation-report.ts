import type { RunFailure } from "#protocol/events/events.ts";
import type { EvaluatedCase, EvaluatedRun, EvaluationReport } from "#protocol/reports/evaluation-report.ts";
import type { CaseReport, CaseResult } from "#runs/cases/case-result.ts";
import { mean } from "#runs/cases/statistics.ts";
import type { Thresholds } from "#runs/evaluation/evaluation-settings.ts";
import type { PlannedEvaluation } from "#runs/evaluation/plan-evaluation.ts";

interface EvaluationOutcome {
  readonly file: string;
  readonly results: readonly CaseResult<PlannedEvaluation>[];
  readonly thresholds: Thresholds;
  readonly problem: RunFailure | undefined;
  readonly isCancelled: boolean;
}

/** Sums up an evaluation. A run whose procedure failed counts as a failed one. */
export function evaluationReportOf(outcome: EvaluationOutcome): EvaluationReport {
  const { file, results, thresholds, problem, isCancelled } = outcome;
  const cases = [...Map.groupBy(results, ({ planned }) => planned.row)].map(([row, runs]) =>
    evaluatedCase(
      row,
      runs.map(({ report }) => evaluatedRun(report)),
    ),
  );
  const runs = cases.flatMap((one) => one.runs).filter(({ status }) => status !== "skipped");
  const passed = runs.filter(({ status }) => status === "passed").length;
  const measured = {
    successRate: share(passed, runs.length),
    mean: {
      durationMs: mean(runs.map(({ durationMs }) => durationMs)),
      tokens: mean(runs.map(({ tokens }) => tokens)),
      cost: meanCost(runs),
    },
  };
  return {
    file,
    cases,
    passed,
    failed: runs.length - passed,
    skipped: results.length - runs.length,
    ...measured,
    thresholds: runs.length === 0 ? [] : checked(thresholds, measured),
    ...(problem && { error: placed(problem) }),
    ...(isCancelled && { cancelled: true }),
  };
}

function evaluatedCase(row: PlannedEvaluation["row"], runs: EvaluatedRun[]): EvaluatedCase {
  const passed = runs.filter(({ status }) => status === "passed").length;
  const checks = runs.flatMap((run) => run.checks.map((check, index) => ({ ...check, index })));
  const evaluators = [...Map.groupBy(checks, ({ index }) => index).values()].map((same) => ({
    evaluator: same[0]?.evaluator ?? "",
    successRate: share(same.filter((check) => check.passed).length, runs.length),
  }));
  return {
    name: row.name,
    inputs: row.inputs,
    runs,
    passed,
    successRate: share(passed, runs.length),
    evaluators,
  };
}

function evaluatedRun(report: CaseReport | undefined): EvaluatedRun {
  if (!report) return { status: "skipped", checks: [], durationMs: 0, tokens: 0 };
  const { status, output, checks, error, durationMs, usage, cost } = report;
  return {
    status: status === "passed" ? "passed" : "failed",
    ...(output !== undefined && { output }),
    checks: checks?.map(plainCheck) ?? [],
    ...(error && { error: placed(error) }),
    durationMs,
    tokens: usage.totalTokens,
    ...(cost !== undefined && { cost }),
  };
}

function plainCheck({ evaluator, passed, message, score }: NonNullable<CaseReport["checks"]>[number]) {
  return {
    evaluator,
    passed,
    ...(message !== undefined && { message }),
    ...(score !== undefined && { score }),
  };
}

type Measured = Pick<EvaluationReport, "successRate" | "mean">;

/** Without `min_success_rate` every run has to pass: nothing says that less is enough. */
function checked(
  thresholds: Thresholds,
  { successRate, mean: means }: Measured,
): EvaluationReport["thresholds"] {
  const least = thresholds.min_success_rate ?? 1;
  const most = [
    { name: "max_cost_per_run", limit: thresholds.max_cost_per_run, actual: means.cost },
    { name: "max_duration", limit: thresholds.max_duration, actual: means.durationMs / 1000 },
    { name: "max_tokens_per_run", limit: thresholds.max_tokens_per_run, actual: means.tokens },
  ] as const;
  return [
    { name: "min_success_rate", limit: least, actual: successRate, met: successRate >= least },
    ...most.flatMap(({ name, limit, actual }) =>
      limit === undefined ? [] : [{ name, limit, actual, met: actual <= limit }],
    ),
  ];
}

function meanCost(runs: readonly EvaluatedRun[]): number {
  const total = runs.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
  return runs.length === 0 ? 0 : total / runs.length;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function placed({ code, message, file, line }: RunFailure): NonNullable<EvaluatedRun["error"]> {
  return { code, message, ...(file !== undefined && { file }), ...(line !== undefined && { line }) };
}
