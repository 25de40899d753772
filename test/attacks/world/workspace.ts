import path from "node:path";
import type { ApplyChoice } from "#sandbox/workspace/change-set.ts";
import type { RunWorkspace, WorkspaceMode } from "#sandbox/workspace/workspace.ts";
import type { World } from "./world.ts";

type OpenWorkspace = typeof import("#sandbox/workspace/open-workspace.ts");
type ChangeSets = typeof import("#sandbox/workspace/change-set.ts");

/** The files of a run as the product's host side serves them, without a sandbox: what a hole in one would reach. */
export async function servedWorkspace(world: World, mode: WorkspaceMode): Promise<RunWorkspace> {
  const { openWorkspace } = await world.part<OpenWorkspace>("sandbox/workspace/open-workspace.ts");
  return openWorkspace({
    mode,
    root: world.folder,
    procedureFile: "attack.tac",
    changesFolder: changesFolder(world),
  });
}

/** Applies the changes of that workspace, as the person's command does. */
export async function applyChanges(world: World, choice: ApplyChoice = {}): Promise<string> {
  const { ChangeSet } = await world.part<ChangeSets>("sandbox/workspace/change-set.ts");
  const { applied, refused } = await new ChangeSet(world.folder, changesFolder(world)).apply(choice);
  return `applied: ${applied.join()}; refused: ${refused.map(({ path: file, code }) => `${file} ${code}`).join()}`;
}

/** Where the changes of that workspace are kept. */
export function changesFolder(world: World): string {
  return path.join(world.folder, ".tactus/runs/attack/changes");
}
