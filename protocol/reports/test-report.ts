import { z } from "zod";

const status = z.enum(["passed", "failed", "skipped", "undefined"]);
const failure = z.strictObject({
  code: z.string(),
  message: z.string(),
  file: z.string().optional(),
  line: z.int().positive().optional(),
});
const usage = z.strictObject({
  inputTokens: z.int().nonnegative(),
  outputTokens: z.int().nonnegative(),
  totalTokens: z.int().nonnegative(),
});

const step = z.strictObject({
  text: z.string(),
  line: z.int().positive(),
  status,
  message: z.string().optional(),
});

const scenario = z.strictObject({
  name: z.string(),
  status,
  /** The file that the lines count in, where the scenario comes from one beside the procedure. */
  file: z.string().optional(),
  line: z.int().positive(),
  tags: z.array(z.string()),
  /** Of the first run that did not pass, else of the first. */
  steps: z.array(step),
  /** What ended it when no step did. */
  error: failure.optional(),
  /** The mean of all runs. */
  durationMs: z.number().nonnegative(),
  runs: z.int().nonnegative(),
  /** 0 to 1. */
  successRate: z.number(),
  /** Only where it ran more than once. */
  repeated: z
    .strictObject({
      passed: z.int().nonnegative(),
      failed: z.int().nonnegative(),
      medianMs: z.number(),
      /** Of a sample. */
      deviationMs: z.number(),
      /** The share of runs whose steps all went as in most runs. */
      consistency: z.number(),
      /** Some runs passed and some did not. */
      isFlaky: z.boolean(),
    })
    .optional(),
  usage,
  cost: z.number().nonnegative().optional(),
});

/** What `test --json` prints. Stable: fields are added, never changed. */
export const testReport = z.strictObject({
  files: z.array(
    z.strictObject({
      file: z.string(),
      scenarios: z.array(scenario),
      /** Why the file could not be tested; it counts as a failure. */
      error: failure.optional(),
    }),
  ),
  passed: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  skipped: z.int().nonnegative(),
  /** Cancelled before its end. */
  cancelled: z.literal(true).optional(),
});
export type TestReport = z.infer<typeof testReport>;
export type TestedFile = TestReport["files"][number];
export type TestedScenario = TestedFile["scenarios"][number];
