import { lstat, mkdir, writeFile } from "node:fs/promises";
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
    const folder = path.join(runs, run);
    await mkdir(folder, { mode: 0o700 });
    claimRun(folder);
    return ok(folder);
  } catch (error) {
    return fail(`The journal can't be written to ${runs}: ${errorText(error)}.`);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
