import { z } from "zod";
import type { Json } from "#common/json.ts";

const json: z.ZodType<Json> = z.json();
const failure = z.strictObject({
  code: z.string(),
  message: z.string(),
  file: z.string().optional(),
  line: z.int().positive().optional(),
});
const check = z.strictObject({
  evaluator: z.string(),
  passed: z.boolean(),
  message: z.string().optional(),
  score: z.number().optional(),
});

const run = z.strictObject({
  status: z.enum(["passed", "failed", "skipped"]),
  output: json.optional(),
  checks: z.array(check),
  /** What made the procedure fail; the run counts as failed. */
  error: failure.optional(),
  durationMs: z.number().nonnegative(),
  tokens: z.int().nonnegative(),
  cost: z.number().nonnegative().optional(),
});

const evaluated = z.strictObject({
  name: z.string(),
  inputs: z.record(z.string(), json),
  runs: z.array(run),
  passed: z.int().nonnegative(),
  /** 0 to 1. */
  successRate: z.number(),
  /** Of each evaluator the share of runs that it let pass. */
  evaluators: z.array(z.strictObject({ evaluator: z.string(), successRate: z.number() })),
});

/** What `eval --json` prints. Stable: fields are added, never changed. */
export const evaluationReport = z.strictObject({
  file: z.string(),
  cases: z.array(evaluated),
  passed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
  successRate: z.number(),
  /** Means of one run. */
  mean: z.strictObject({ durationMs: z.number(), tokens: z.number(), cost: z.number() }),
  thresholds: z.array(
    z.strictObject({
      name: z.enum(["min_success_rate", "max_cost_per_run", "max_duration", "max_tokens_per_run"]),
      limit: z.number(),
      actual: z.number(),
      met: z.boolean(),
    }),
  ),
  /** Why the file could not be evaluated. */
  error: failure.optional(),
  cancelled: z.literal(true).optional(),
});
export type EvaluationReport = z.infer<typeof evaluationReport>;
export type EvaluatedCase = EvaluationReport["cases"][number];
export type EvaluatedRun = EvaluatedCase["runs"][number];
