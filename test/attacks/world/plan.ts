import path from "node:path";
import type { Result } from "#common/result.ts";
import type { Plan } from "#runs/session/plan.ts";
import type { RunRequest, StartProblem } from "#runs/session/session.ts";
import type { World } from "./world.ts";

type Plans = typeof import("#runs/session/plan.ts");

/** What the product would start for `attack.tac` of the workspace: what the sandbox gets is computed from it alone. */
export async function planOf(
  world: World,
  change: Partial<RunRequest> = {},
  { fromDisk = false }: { readonly fromDisk?: boolean } = {},
): Promise<Result<Plan, StartProblem>> {
  const { preparePlan } = await world.part<Plans>("runs/session/plan.ts");
  const { source = "", ...request } = requestOf(world, change);
  return preparePlan(fromDisk ? request : { ...request, source });
}

/** The request of a run of `attack.tac`, without any grant of the person who runs these tests. */
export function requestOf(world: World, change: Partial<RunRequest> = {}): RunRequest {
  const file = path.join(world.folder, "attack.tac");
  const values = { input: {}, textInput: {}, mock: false, grantAll: false, ignoreGrants: true };
  return { ...values, file, workspaceRoot: world.folder, source: "return 1", ...change };
}
