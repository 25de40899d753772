import { z } from "zod";
import type { Json } from "#common/json.ts";

const json: z.ZodType<Json> = z.json();
const place = z.strictObject({ file: z.string(), line: z.int().positive() });

/** What kinds of steps two runs are compared by. */
const traceStepKind = z.enum(["turn", "tool", "denied", "human", "file", "stage", "limit"]);

/** One thing that a run did, without what differs from run to run in any case (times, numbers). */
const traceStep = z.strictObject({
  kind: traceStepKind,
  /** The agent, tool, path, stage …: steps of one kind and name are held against each other. */
  name: z.string(),
  /** What went in: tools offered and the model of a turn, arguments, a question, what is done to a file. */
  given: json,
  /** What came of it; absent: nothing did. */
  outcome: json.optional(),
  tokens: z.int().nonnegative().optional(),
  /** US dollars. */
  cost: z.number().nonnegative().optional(),
  at: place.optional(),
});
export type TraceStep = z.infer<typeof traceStep>;

const runFigures = z.strictObject({
  run: z.string(),
  file: z.string(),
  /** What its files were read from, when it was a trial run. */
  revision: z.string().optional(),
  input: json,
  status: z.enum(["completed", "failed", "cancelled", "timed_out", "waiting", "unfinished"]),
  result: json.optional(),
  error: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  turns: z.int().nonnegative(),
  toolCalls: z.int().nonnegative(),
  denied: z.int().nonnegative(),
  tokens: z.int().nonnegative(),
  /** US dollars. */
  cost: z.number().nonnegative(),
});
export type RunFigures = z.infer<typeof runFigures>;

const comparedStep = z.strictObject({
  /** Absent: only the other run did it. */
  base: traceStep.optional(),
  head: traceStep.optional(),
  differs: z.array(z.enum(["presence", "given", "outcome"])),
});
export type ComparedStep = z.infer<typeof comparedStep>;

/** What `runs compare --json` prints. Stable: fields are added, never changed. */
export const comparisonReport = z.strictObject({
  base: runFigures,
  head: runFigures,
  /** What differs at the end: how they ended, what they gave. */
  differs: z.array(z.enum(["input", "status", "result", "error"])),
  steps: z.array(comparedStep),
});
export type ComparisonReport = z.infer<typeof comparisonReport>;
