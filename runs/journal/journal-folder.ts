import { lstat, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { claimRun } from "#runs/journal/run-claim.ts";

/** Name of the journal inside a run's folder. */
export const journalFile = "events.jsonl";

/** Where the runs of a workspace are kept. */
export function runsFolder(workspaceRoot: string): string {
  return path.join(workspaceRoot, ".tactus", "runs");
}

/** Folder of one run. */
export function runFolder(workspaceRoot: string, run: string): string {
  return path.join(runsFolder(workspaceRoot), run);
}

/**
 * Creates the folder of a run, readable by the person only and claimed by this process, and the file that keeps git from seeing any run.
 * Refuses links on the way: a cloned folder could lead the journal to anywhere. The failure is a text for people.
 */
export async function createRunFolder(workspaceRoot: string, run: string): Promise<Result<string, string>> {
  const runs = runsFolder(workspaceRoot);
  try {
    for (const folder of [path.dirname(runs), runs]) {
      await mkdir(folder, { mode: 0o700 }).catch(ignoreExisting);
      if (!(await lstat(folder)).isDirectory())
        return fail(`${folder} is not a folder (a link is not followed).`);
    }
    await writeFile(path.join(runs, ".gitignore"), "*\n", { flag: "wx" }).catch(ignoreExisting);
    return ok(await claimedFolder(path.join(runs, run)));
  } catch (error) {
    return fail(`The journal can't be written to ${runs}: ${errorText(error)}.`);
  }
}

/** A folder that can't be claimed (its disk is full) is not left behind. */
async function claimedFolder(folder: string): Promise<string> {
  await mkdir(folder, { mode: 0o700 });
  try {
    claimRun(folder);
    return folder;
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
