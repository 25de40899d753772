import { ok, type Result } from "#common/result.ts";
import type { EvaluationReport } from "#protocol/reports/evaluation-report.ts";
import { type CaseActRequest, preparedFiles } from "#runs/cases/prepare-files.ts";
import { workThrough } from "#runs/cases/work-through.ts";
import { evaluationReportOf } from "#runs/evaluation/evaluation-report.ts";
import {
  type EvaluationPlanner,
  evaluationPlanner,
  type PlannedEvaluation,
} from "#runs/evaluation/plan-evaluation.ts";
import type { StartProblem } from "#runs/session/session.ts";

export interface EvaluationRequest extends Omit<CaseActRequest, "files" | "runs"> {
  readonly file: string;
  /** Default: what the file says. */
  readonly runs: number | undefined;
  readonly onRun?: (name: string, status: "passed" | "failed") => void;
}

/** Runs the evaluation of a file; the failure means that nothing, or nothing further, could be run. */
export async function runEvaluation(
  request: EvaluationRequest,
  signal: AbortSignal,
): Promise<Result<EvaluationReport, StartProblem>> {
  let planner: EvaluationPlanner | undefined;
  const prepared = await preparedFiles<PlannedEvaluation>(
    { ...request, files: [request.file], runs: 1 },
    (plan) => {
      planner = evaluationPlanner(plan, request.runs);
      return {
        kind: "evaluation",
        planCases: planner.planCases,
        guess: 1,
        casesPerSandbox: 1,
        onReport: ({ row }, report) =>
          request.onRun?.(row.name, report.status === "passed" ? "passed" : "failed"),
      };
    },
  );
  if (!prepared.ok) return prepared;
  const worked = await workThrough(prepared.value, { jobs: request.jobs, signal });
  if (!worked.ok) return worked;
  const [file] = prepared.value;
  return ok(
    evaluationReportOf({
      file: file?.file ?? "",
      results: file?.results ?? [],
      problem: file?.problem,
      thresholds: planner?.settings()?.thresholds ?? {},
      isCancelled: signal.aborted,
    }),
  );
}
