import { lstat, mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";

/** Name of the journal inside a run's folder. */
export const journalFile = "events.jsonl";

/** Holds the process id of whoever writes the journal; gone when the run has ended in order. */
export const ownerFile = "owner.pid";

/** Where the runs of a workspace are kept. */
export function runsFolder(workspaceRoot: string): string {
  return path.join(workspaceRoot, ".tactus", "runs");
}

/** Folder of one run. */
export function runFolder(workspaceRoot: string, run: string): string {
  return path.join(runsFolder(workspaceRoot), run);
}

/**
 * Creates the folder of a run, readable by the person only, and the file that keeps git from seeing any run.
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
    await writeFile(path.join(folder, ownerFile), `${process.pid}\n`, { mode: 0o600 });
    return ok(folder);
  } catch (error) {
    return fail(`The journal can't be written to ${runs}: ${errorText(error)}.`);
  }
}

/** Marks a run as ended in order: nobody writes to it any more. */
export async function releaseRunFolder(folder: string): Promise<void> {
  await rm(path.join(folder, ownerFile), { force: true });
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
