import { rm } from "node:fs/promises";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { isClaimed } from "#runs/journal/run-claim.ts";
import { listRuns } from "#runs/journal/run-list.ts";
import { print, printJson } from "../output/terminal.ts";

/**
 * `runs prune`: deletes the journals of runs that are over, with the changes that nobody applied. What can go on
 * (waiting, interrupted, failed) stays, unless everything is to go.
 */
export async function pruneRuns({
  json,
  all,
}: {
  readonly json: boolean;
  readonly all: boolean;
}): Promise<ExitCode> {
  const workspaceRoot = process.cwd();
  const pruned: string[] = [];
  for (const { run, status } of await listRuns(workspaceRoot)) {
    const over = status === "completed" || status === "cancelled";
    const folder = runFolder(workspaceRoot, run);
    if ((!over && !all) || isClaimed(folder)) continue;
    await rm(folder, { recursive: true, force: true });
    pruned.push(run);
  }
  if (json) printJson({ pruned });
  else print(`${pruned.length} runs removed.`);
  return exitCodes.done;
}
