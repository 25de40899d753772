import * as z from "zod";
import { jsonValue } from "#protocol/json-value.ts";
import {
  checkpointBreakpoints,
  exceptionBreakpoints,
  lineBreakpoints,
  nameBreakpoints,
  placedBreakpoints,
  stateBreakpoints,
} from "./breakpoints.ts";
import { completionItems, debugThread, debugValue, scopes, stackFrames, variables } from "./inspection.ts";
import { expressionCharacters, pageEntries } from "./limits.ts";

/**
 * What a debugger asks of a run: one schema a command, for what it takes and for what it gives. Commands that look at
 * values or change them are refused (`not-stopped`) while the run goes; while it waits for an answer of the host (a
 * model, a person) it may be looked at as if it had stopped.
 */

const file = z.string().min(1).max(4096);
const line = z.int().positive();
const number = z.int().positive();
const expression = z.string().max(expressionCharacters);
const page = {
  start: z.int().nonnegative().optional(),
  count: z.int().positive().max(pageEntries).optional(),
};
const nothing = z.object({});

export const debugCommands = {
  /** Replaces the line breakpoints of a file. */
  "set-breakpoints": {
    params: z.object({ file, breakpoints: lineBreakpoints }),
    answer: z.object({ breakpoints: placedBreakpoints }),
  },
  /** Each of the following replaces all of its kind. */
  "set-name-breakpoints": { params: z.object({ breakpoints: nameBreakpoints }), answer: nothing },
  "set-checkpoint-breakpoints": { params: z.object({ breakpoints: checkpointBreakpoints }), answer: nothing },
  "set-state-breakpoints": { params: z.object({ breakpoints: stateBreakpoints }), answer: nothing },
  "set-exception-breakpoints": { params: z.object({ breakpoints: exceptionBreakpoints }), answer: nothing },
  /** Lines from `line` to `endLine` where a breakpoint can be. */
  "breakpoint-lines": {
    params: z.object({ file, line, endLine: line }),
    answer: z.object({ lines: z.array(line).max(pageEntries) }),
  },

  /** The file runs; until then nothing of it has. With `stopOnEntry` it stops at its first line. */
  begin: { params: z.object({ stopOnEntry: z.boolean() }), answer: nothing },
  continue: { params: nothing, answer: nothing },
  step: {
    params: z.object({ thread: number, to: z.enum(["over", "in", "out"]) }),
    answer: nothing,
  },
  /** Goes on to this line, or to the next stop before it. */
  "run-to": { params: z.object({ file, line }), answer: nothing },
  /** Stops at the next line, or at once when the run waits for an answer. */
  pause: { params: nothing, answer: nothing },
  /** Forgets all breakpoints and goes on; nothing stops any more. */
  detach: { params: nothing, answer: nothing },

  threads: { params: nothing, answer: z.object({ threads: z.array(debugThread).max(pageEntries) }) },
  /** Newest frame first. */
  stack: {
    params: z.object({ thread: number, ...page }),
    answer: z.object({ frames: stackFrames, total: z.int().nonnegative() }),
  },
  scopes: { params: z.object({ frame: number }), answer: z.object({ scopes }) },
  variables: {
    params: z.object({ reference: number, filter: z.enum(["indexed", "named"]).optional(), ...page }),
    answer: z.object({ variables }),
  },
  /** `value` is an expression in the frame of the variable. */
  "set-variable": {
    params: z.object({ reference: number, name: z.string().max(1000), value: expression }),
    answer: debugValue,
  },
  /**
   * `hover` and `watch` call no function and change nothing: an expression that would is refused. `repl` may also be a
   * statement. None can reach outside the run. `clipboard` gives the value whole, as JSON where it can be.
   */
  evaluate: {
    params: z.object({
      expression,
      frame: number.optional(),
      purpose: z.enum(["hover", "watch", "repl", "clipboard"]),
    }),
    answer: debugValue,
  },
  /** Assigns to an expression that can be assigned to. */
  "set-expression": {
    params: z.object({ expression, frame: number.optional(), value: expression }),
    answer: debugValue,
  },
  /** What may follow the text, by the values that are there. */
  complete: {
    params: z.object({ text: expression, frame: number.optional() }),
    answer: z.object({ items: completionItems }),
  },
  /** While stopped before a tool: what it will be called with. */
  "set-arguments": { params: z.object({ arguments: z.record(z.string(), jsonValue) }), answer: nothing },
  /** Files of the workspace that were loaded. */
  sources: { params: nothing, answer: z.object({ files: z.array(file).max(pageEntries) }) },
} as const satisfies Record<string, { params: z.ZodType; answer: z.ZodType }>;

export type DebugCommandName = keyof typeof debugCommands;
export type DebugParams<Name extends DebugCommandName> = z.infer<(typeof debugCommands)[Name]["params"]>;
export type DebugAnswer<Name extends DebugCommandName> = z.infer<(typeof debugCommands)[Name]["answer"]>;
