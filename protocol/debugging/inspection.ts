import * as z from "zod";
import { pageEntries } from "./limits.ts";

/** What a stopped run shows of itself. Numbers of frames and of references hold until it goes on. */

const reference = z.int().nonnegative();
const count = z.int().nonnegative();
const text = z.string();

/** One flow of control: the file itself, a coroutine of it, a procedure of another file with its coroutines. */
export const debugThread: z.ZodObject<{
  id: z.ZodInt;
  name: z.ZodString;
  kind: z.ZodEnum<{ main: "main"; coroutine: "coroutine"; procedure: "procedure" }>;
  state: z.ZodEnum<{ running: "running"; calling: "calling"; suspended: "suspended" }>;
}> = z.object({
  id: z.int().positive(),
  name: text,
  kind: z.enum(["main", "coroutine", "procedure"]),
  /** `calling`: it waits for a thread that it resumed or called. */
  state: z.enum(["running", "calling", "suspended"]),
});
export type DebugThread = z.infer<typeof debugThread>;

const stackFrame = z.object({
  id: z.int().positive(),
  name: text,
  /** Path as in events, relative to the workspace; absent for what has no text of the workspace. */
  file: text.optional(),
  line: z.int().positive().optional(),
  /** `library`: of the standard library; `native`: a primitive or another function of the host. */
  kind: z.enum(["procedure", "library", "native"]),
});
export type StackFrame = z.infer<typeof stackFrame>;
export const stackFrames: z.ZodArray<typeof stackFrame> = z.array(stackFrame).max(pageEntries);

const scope = z.object({
  kind: z.enum(["locals", "upvalues", "globals", "state", "input"]),
  reference,
  named: count,
  /** Large, and rarely looked at. */
  expensive: z.boolean(),
});
export type Scope = z.infer<typeof scope>;
export const scopes: z.ZodArray<typeof scope> = z.array(scope).max(10);

/** A value as people see it. `reference` is 0 for one without parts. */
const shownValue = {
  value: text,
  /** A type of Lua, or what the runtime knows it to be: `agent`, `tool`, `result`, `state` …. */
  type: text,
  reference,
  named: count.optional(),
  indexed: count.optional(),
};
export const debugValue: z.ZodObject<typeof shownValue> = z.object(shownValue);
export type DebugValue = z.infer<typeof debugValue>;

const variable = z.object({
  name: text,
  ...shownValue,
  /** An expression that gives it in the frame where it was found. */
  evaluateName: text.optional(),
  readOnly: z.boolean().optional(),
});
export type Variable = z.infer<typeof variable>;
export const variables: z.ZodArray<typeof variable> = z.array(variable).max(pageEntries);

const completionItem = z.object({ label: text, type: text });
export const completionItems: z.ZodArray<typeof completionItem> = z.array(completionItem).max(pageEntries);
