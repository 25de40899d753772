import path from "node:path";
import * as z from "zod";
import type { Json } from "#common/json.ts";

const json: z.ZodType<Json> = z.json();

/** What a `launch` may say, as docs/debugging.md describes it. Unknown fields are the client's own. */
export const launchArguments = z.object({
  /** The `.tac` file; relative paths count from `cwd`. */
  program: z.string().min(1).optional(),
  /** The workspace; default: the folder in which the adapter runs. */
  cwd: z.string().min(1).optional(),
  procedure: z.string().min(1).optional(),
  input: z.record(z.string(), json).optional(),
  isolation: z.enum(["docker", "embedded"]).optional(),
  workspace: z.enum(["mount", "copy", "none"]).optional(),
  mock: z.boolean().optional(),
  stopOnEntry: z.boolean().optional(),
  noDebug: z.boolean().optional(),
  /** A run of the past, opened out of its journal. */
  run: z.string().min(1).optional(),
  /** The checkpoint at which it is opened; default: its last. */
  checkpoint: z.int().positive().optional(),
});
export type LaunchArguments = z.infer<typeof launchArguments>;

/** The workspace of a launch: `cwd`, else this folder when the program lies in it, else the program's own. */
export function workspaceOf({ cwd, program }: LaunchArguments): string {
  const here = path.resolve(cwd ?? ".");
  if (cwd !== undefined || program === undefined) return here;
  const file = path.resolve(program);
  const relative = path.relative(here, file);
  const inside = relative.split(path.sep)[0] !== ".." && !path.isAbsolute(relative);
  return inside ? here : path.dirname(file);
}

/** The file of a launch. */
export function programOf({ cwd, program = "" }: LaunchArguments): string {
  return path.resolve(cwd ?? ".", program);
}
