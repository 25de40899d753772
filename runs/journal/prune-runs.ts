import { readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { errorCode } from "#common/error-text.ts";
import { runFolder, runsFolder } from "#runs/journal/journal-folder.ts";
import { claimRun, releaseRun } from "#runs/journal/run-claim.ts";
import { findRun, listRuns, type RunSummary } from "#runs/journal/run-list.ts";

/** Ends the name of a folder that is being deleted: it is no run any more. */
const pruned = ".pruned";

/**
 * Deletes the journals of runs that are over, with the changes that nobody applied; with `all` those that can go on as
 * well. What another process has, or takes meanwhile, stays. Gives the ids of those deleted.
 */
export async function pruneRuns(workspaceRoot: string, all: boolean): Promise<readonly string[]> {
  const taken: string[] = [];
  for (const { run, status } of await listRuns(workspaceRoot)) {
    const mayGo = isOver(status) || (all && status !== "running");
    if (mayGo && (await takeAway(workspaceRoot, run, all))) taken.push(run);
  }
  await deleteTaken(runsFolder(workspaceRoot));
  return taken;
}

function isOver(status: RunSummary["status"] | undefined): boolean {
  return status === "completed" || status === "cancelled";
}

/** Whether the run was there for this process to take: in one step, so that nobody finds a part of it. */
async function takeAway(workspaceRoot: string, run: string, all: boolean): Promise<boolean> {
  const folder = runFolder(workspaceRoot, run);
  try {
    if (claimRun(folder).owner !== undefined) return false;
    // Since it was listed, another process may have gone on with it and left it waiting.
    if (all || isOver((await findRun(workspaceRoot, run))?.status)) {
      await rename(folder, `${folder}${pruned}`);
      return true;
    }
    releaseRun(folder);
    return false;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** Also what a process that died in the middle had taken. */
async function deleteTaken(runs: string): Promise<void> {
  const names = await readdir(runs).catch((): string[] => []);
  const folders = names.filter((name) => name.endsWith(pruned)).map((name) => path.join(runs, name));
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 3 })));
}
