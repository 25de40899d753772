import * as z from "zod";
import type { Json } from "#common/json.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { Evaluator } from "#protocol/wire/cases.ts";
import { readEvaluator } from "#runs/evaluation/evaluator-settings.ts";

const json: z.ZodType<Json> = z.json();

/** Lua writes an empty list as an empty table. */
function listOf<Item extends z.ZodType>(item: Item) {
  return z.preprocess((value) => (isEmptyTable(value) ? [] : value), z.array(item));
}

function isEmptyTable(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0
  );
}

/** A row of a data set, written out or from a file. */
export const datasetRow = z.strictObject({
  name: z.string().min(1),
  inputs: z.record(z.string(), json),
  expected_output: json.optional(),
  metadata: z.record(z.string(), json).optional(),
});
export type DatasetRow = z.infer<typeof datasetRow>;

const thresholds = z.strictObject({
  min_success_rate: z.number().min(0).max(1).optional(),
  max_cost_per_run: z.number().nonnegative().optional(),
  max_duration: z.number().nonnegative().optional(),
  max_tokens_per_run: z.number().nonnegative().optional(),
});
export type Thresholds = z.infer<typeof thresholds>;

const written = z.strictObject({
  dataset: listOf(datasetRow).optional(),
  dataset_file: z.string().min(1).optional(),
  evaluators: listOf(json).optional(),
  runs: z.int().min(1).max(1000).optional(),
  parallel: z.boolean().optional(),
  thresholds: thresholds.optional(),
});

/** An `Evaluation {…}` as it was read. */
export interface EvaluationSettings {
  readonly dataset: readonly DatasetRow[];
  readonly datasetFile: string | undefined;
  readonly evaluators: readonly Evaluator[];
  readonly runs: number;
  readonly thresholds: Thresholds;
}

/** Reads the table of `Evaluation {…}`; the failure says what is wrong in it. */
export function readEvaluation(given: Json): Result<EvaluationSettings, string> {
  const parsed = written.safeParse(given);
  if (!parsed.success) return fail(`Evaluation: ${z.prettifyError(parsed.error).replaceAll("\n", " ")}`);
  const { dataset, dataset_file: datasetFile, evaluators, runs, thresholds: wanted } = parsed.data;
  const read = (evaluators ?? []).map((one, index) => readEvaluator(one, index));
  const wrong = read.find((one) => !one.ok);
  if (wrong && !wrong.ok) return fail(`Evaluation: ${wrong.error}`);
  return ok({
    dataset: dataset ?? [],
    datasetFile,
    evaluators: read.flatMap((one) => (one.ok ? [one.value] : [])),
    runs: runs ?? 1,
    thresholds: wanted ?? {},
  });
}
