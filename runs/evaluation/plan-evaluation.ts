import { fail, ok, type Result } from "#common/result.ts";
import type { PlanCases } from "#runs/cases/planned-cases.ts";
import { readDatasetFile } from "#runs/evaluation/dataset-file.ts";
import {
  type DatasetRow,
  type EvaluationSettings,
  readEvaluation,
} from "#runs/evaluation/evaluation-settings.ts";
import type { Plan } from "#runs/session/plan.ts";

/** One run of a row. */
export interface PlannedEvaluation {
  readonly row: DatasetRow;
}

export interface EvaluationPlanner {
  readonly planCases: PlanCases<PlannedEvaluation>;
  /** Known once a sandbox has told what the file declares. */
  readonly settings: () => EvaluationSettings | undefined;
}

/** Reads the evaluation that a file declares and makes a case of each run of each row. */
export function evaluationPlanner(plan: Plan, runs: number | undefined): EvaluationPlanner {
  let settings: EvaluationSettings | undefined;
  const planCases: PlanCases<PlannedEvaluation> = async (declared) => {
    if (declared.kind !== "evaluation")
      return fail({ code: "protocol-error", message: "It declared no evaluation." });
    const invalid = (message: string) =>
      fail({ code: "evaluation-invalid", message, ...(declared.at && { line: declared.at.line }) });
    const read = readEvaluation(declared.evaluation);
    if (!read.ok) return invalid(read.error);
    const rows = await rowsOf(plan, read.value);
    if (!rows.ok) return invalid(rows.error);
    if (rows.value.length === 0)
      return invalid("Evaluation: it has no cases: give it a dataset or a dataset_file.");
    settings = { ...read.value, runs: runs ?? read.value.runs };
    return ok({
      evaluators: read.value.evaluators,
      cases: rows.value.flatMap((row) =>
        Array.from({ length: settings?.runs ?? 1 }, () => ({
          planned: { row },
          toCase: (number: number) => evaluationCase(row, number),
        })),
      ),
    });
  };
  return { planCases, settings: () => settings };
}

function evaluationCase({ name, inputs, expected_output: expected }: DatasetRow, number: number) {
  return {
    kind: "evaluation" as const,
    case: number,
    name,
    inputs,
    ...(expected !== undefined && { expected }),
  };
}

async function rowsOf(
  plan: Plan,
  settings: EvaluationSettings,
): Promise<Result<readonly DatasetRow[], string>> {
  if (settings.datasetFile === undefined) return ok(settings.dataset);
  const read = await readDatasetFile(plan, settings.datasetFile);
  return read.ok ? ok([...settings.dataset, ...read.value]) : read;
}
