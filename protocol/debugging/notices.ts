import * as z from "zod";
import { jsonValue } from "#protocol/json-value.ts";
import { exceptionFilter, placedBreakpoints } from "./breakpoints.ts";
import { debugThread } from "./inspection.ts";

/** What a debugged run tells by itself. */

const at = z.object({ file: z.string(), line: z.int().positive() });

/** The call that is about to be made; `set-arguments` changes what it is made with. */
const pendingTool = z.object({
  tool: z.string(),
  arguments: jsonValue,
  by: z.enum(["agent", "procedure"]),
});

/** What went wrong. */
const debugFailure = z.object({
  filter: exceptionFilter,
  /** Code of docs/errors.md, where the runtime raised it. */
  code: z.string().optional(),
  message: z.string(),
  traceback: z.string().optional(),
  /** Whether the code goes on in spite of it. */
  caught: z.boolean(),
});
export type DebugFailure = z.infer<typeof debugFailure>;

const stopped = z.object({
  notice: z.literal("stopped"),
  reason: z.enum([
    "entry",
    "breakpoint",
    "name",
    "checkpoint",
    "state",
    "exception",
    "step",
    "run-to",
    "pause",
  ]),
  thread: z.int().positive(),
  /** Ids of the breakpoints that were hit. */
  breakpoints: z.array(z.int().nonnegative()).max(1000),
  at: at.optional(),
  /** For people, where the reason alone does not say it (a condition that can't be evaluated, say). */
  text: z.string().optional(),
  tool: pendingTool.optional(),
  checkpoint: z
    .object({ index: z.int().positive(), kind: z.string(), name: z.string().optional() })
    .optional(),
  state: z.object({ key: z.string(), before: jsonValue.optional(), after: jsonValue.optional() }).optional(),
  failure: debugFailure.optional(),
});
export type StoppedNotice = z.infer<typeof stopped>;

const noticeSchemas = [
  /** The run is there and waits for `begin`. */
  z.object({ notice: z.literal("ready") }),
  stopped,
  z.object({ notice: z.literal("continued") }),
  /** Of a breakpoint with a text. */
  z.object({ notice: z.literal("logged"), text: z.string(), at: at.optional() }),
  /** A file was loaded, and its breakpoints have found their lines. */
  z.object({ notice: z.literal("source"), file: z.string(), breakpoints: placedBreakpoints }),
  z.object({ notice: z.literal("thread"), change: z.enum(["started", "ended"]), thread: debugThread }),
] as const;
export const debugNotice: z.ZodDiscriminatedUnion<typeof noticeSchemas, "notice"> = z.discriminatedUnion(
  "notice",
  noticeSchemas,
);
export type DebugNotice = z.infer<typeof debugNotice>;
