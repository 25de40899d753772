import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { isOwnJournal } from "#runs/journal/journal-seal.ts";
import { isClaimed } from "#runs/journal/run-claim.ts";
import { ChangeSet } from "#sandbox/workspace/change-set.ts";
import { contentFolders } from "#sandbox/workspace/kept-changes.ts";

export type { ProposedChange, RefusedChange } from "#sandbox/workspace/change-set.ts";
export type RunChanges = Pick<ChangeSet, "list" | "settled" | "discard">;
/** Changes that may be written into the folder. */
export type ApplicableChanges = RunChanges & Pick<ChangeSet, "apply">;

/** The file changes that a run left; the failure says why they can't be decided now. */
export function runChanges(workspaceRoot: string, run: string): Promise<Result<RunChanges, string>> {
  return changeSet(workspaceRoot, run);
}

/** The same for writing them into the folder: only those of a run that began here, not of a journal that came with it. */
export async function applicableChanges(
  workspaceRoot: string,
  run: string,
): Promise<Result<ApplicableChanges, string>> {
  const changes = await changeSet(workspaceRoot, run);
  if (!changes.ok || (await isOwnJournal(workspaceRoot, run))) return changes;
  return fail(`Run ${run} did not begin here: its changes are shown, and never applied.`);
}

async function changeSet(workspaceRoot: string, run: string): Promise<Result<ChangeSet, string>> {
  const folder = runFolder(workspaceRoot, run);
  if (isClaimed(folder)) return fail(`Run ${run} is under way: its changes are not complete yet.`);
  const changes = path.join(folder, "changes");
  if (await isWithoutLinks(workspaceRoot, changes)) return ok(new ChangeSet(workspaceRoot, changes));
  return fail(`The changes of run ${run} lie behind a link: a folder could lead them to anywhere.`);
}

/** What is kept of a run may have come with a folder, links included. */
async function isWithoutLinks(workspaceRoot: string, changes: string): Promise<boolean> {
  const { written, base } = contentFolders(changes);
  for (const folder of [written, base]) {
    if ((await lstat(folder).catch(() => undefined))?.isSymbolicLink()) return false;
  }
  const real = await realpath(changes).catch(() => undefined);
  const inside = path.join(await realpath(workspaceRoot), path.relative(workspaceRoot, changes));
  return real === undefined || real === inside;
}
