import { constants } from "node:fs";
import { access, realpath } from "node:fs/promises";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";

/**
 * The person's git: of the folders of `PATH` the first that has one. Folders without an absolute path and folders
 * inside the repository (a `node_modules/.bin` that was committed) are passed over: whoever wrote the change could have
 * put a program there.
 */
export async function findGit(repositoryRoot: string): Promise<Result<string, ReviewProblem>> {
  const name = process.platform === "win32" ? "git.exe" : "git";
  const root = await realpath(repositoryRoot).catch(() => repositoryRoot);
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    const program = await realpath(path.join(folder, name)).catch(() => undefined);
    if (program === undefined || isWithin(program, root) || isWithin(path.resolve(folder), root)) continue;
    if (await isExecutable(program)) return ok(program);
  }
  return fail({
    code: "git-missing",
    message: "There is no git on this machine's PATH.",
    remedy: "Install git (2.30 or newer).",
  });
}

function isWithin(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative === "" || !(relative.startsWith("..") || path.isAbsolute(relative));
}

async function isExecutable(file: string): Promise<boolean> {
  return await access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
