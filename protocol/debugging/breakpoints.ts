import * as z from "zod";
import { expressionCharacters, maximumBreakpoints } from "./limits.ts";

/** Where a run stops. Numbers (`id`) are given by whoever sets a breakpoint and come back with each stop. */

const id = z.int().nonnegative();
const name = z.string().min(1).max(1000);
const expression = z.string().max(expressionCharacters);

/** What must hold for a stop: an expression of Lua, and how often it was come to (`5`, `>= 3`, `% 10`). */
const condition = { condition: expression.optional(), hitCondition: z.string().max(100).optional() };

const lineBreakpoint = z.object({
  id,
  line: z.int().positive(),
  ...condition,
  /** A text with expressions in braces: it is told and nothing stops. */
  logMessage: expression.optional(),
});
export type LineBreakpoint = z.infer<typeof lineBreakpoint>;
export const lineBreakpoints: z.ZodArray<typeof lineBreakpoint> = z
  .array(lineBreakpoint)
  .max(maximumBreakpoints);

/** By the name of a tool, an agent or a procedure: before it is called. `*`: before any of its kind. */
const nameBreakpoint = z.object({
  id,
  name,
  of: z.enum(["any", "tool", "agent", "procedure"]),
  ...condition,
});
export type NameBreakpoint = z.infer<typeof nameBreakpoint>;
export const nameBreakpoints: z.ZodArray<typeof nameBreakpoint> = z
  .array(nameBreakpoint)
  .max(maximumBreakpoints);

/** Before a checkpoint is made; what is absent matches any. `index` is that of the journal. */
const checkpointBreakpoint = z.object({
  id,
  kind: name.optional(),
  name: name.optional(),
  index: z.int().positive().optional(),
  ...condition,
});
export type CheckpointBreakpoint = z.infer<typeof checkpointBreakpoint>;
export const checkpointBreakpoints: z.ZodArray<typeof checkpointBreakpoint> = z
  .array(checkpointBreakpoint)
  .max(maximumBreakpoints);

/** After a key of the state was set. */
const stateBreakpoint = z.object({ id, key: name, ...condition });
export type StateBreakpoint = z.infer<typeof stateBreakpoint>;
export const stateBreakpoints: z.ZodArray<typeof stateBreakpoint> = z
  .array(stateBreakpoint)
  .max(maximumBreakpoints);

/**
 * What goes wrong: `all` is every error of Lua, also one that the code catches; `uncaught` one that nothing in the code
 * catches. `tool`: a tool failed. `model`: a model did. `output`: an output that does not fit its schema. `human`: a
 * person refused.
 */
export const exceptionFilter: z.ZodEnum<{
  all: "all";
  uncaught: "uncaught";
  tool: "tool";
  model: "model";
  output: "output";
  human: "human";
}> = z.enum(["all", "uncaught", "tool", "model", "output", "human"]);
export type ExceptionFilter = z.infer<typeof exceptionFilter>;

const exceptionBreakpoint = z.object({ filter: exceptionFilter, condition: expression.optional() });
export type ExceptionBreakpoint = z.infer<typeof exceptionBreakpoint>;
export const exceptionBreakpoints: z.ZodArray<typeof exceptionBreakpoint> = z
  .array(exceptionBreakpoint)
  .max(20);

/** What became of a line breakpoint: the line where it is now, or why it is nowhere (yet). */
const placedBreakpoint = z.object({
  id,
  verified: z.boolean(),
  line: z.int().positive().optional(),
  message: z.string().optional(),
});
export type PlacedBreakpoint = z.infer<typeof placedBreakpoint>;
export const placedBreakpoints: z.ZodArray<typeof placedBreakpoint> = z
  .array(placedBreakpoint)
  .max(maximumBreakpoints);
