import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { isClaimed } from "#runs/journal/run-claim.ts";
import { ChangeSet } from "#sandbox/workspace/change-set.ts";

export type { ApplyChoice, ProposedChange, RefusedChange } from "#sandbox/workspace/change-set.ts";
export type { Settled } from "#sandbox/workspace/kept-changes.ts";
export type RunChanges = Pick<ChangeSet, "list" | "settled" | "apply" | "discard">;

/** The file changes that a run left; the failure says why they can't be decided now. */
export function runChanges(workspaceRoot: string, run: string): Result<RunChanges, string> {
  const folder = runFolder(workspaceRoot, run);
  if (isClaimed(folder)) return fail(`Run ${run} is under way: its changes are not complete yet.`);
  return ok(new ChangeSet(workspaceRoot, path.join(folder, "changes")));
}
