import path from "node:path";
import type { Result } from "#common/result.ts";
import { type Plan, preparePlan } from "#runs/session/plan.ts";
import type { StartProblem } from "#runs/session/session.ts";
import { sandboxSetup } from "./sandbox-setup.ts";
import { workspaceRootOf } from "./workspace-root.ts";

/** The plan of a procedure as a run of it would start, where nothing is to be started. */
export async function planOfFile(
  file: string,
): Promise<{ readonly plan: Result<Plan, StartProblem>; readonly workspaceRoot: string }> {
  const absolute = path.resolve(file);
  const workspaceRoot = workspaceRootOf(absolute);
  const request = { file: absolute, workspaceRoot, input: {}, textInput: {}, mock: false, grantAll: false };
  return { plan: await preparePlan({ ...request, sandboxSetup }), workspaceRoot };
}
