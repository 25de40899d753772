import { lstat, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fail, ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";

/** Where a repository keeps what is read of it. Found here and not by git, which would read its configuration to find it. */
export interface Repository {
  /** The folder that holds `.git`; a bare repository itself. */
  readonly root: string;
  /** `HEAD` of this working folder. */
  readonly gitFolder: string;
  /** References and objects, which all working folders share. */
  readonly commonFolder: string;
}

/** Nothing that is read to find a repository is longer. */
const mostBytes = 64 * 1024;

/** The repository that a folder lies in. */
export async function findRepository(folder: string): Promise<Result<Repository, ReviewProblem>> {
  for (let root = path.resolve(folder); ; root = path.dirname(root)) {
    const gitFolder = (await gitFolderIn(root)) ?? ((await isGitFolder(root)) ? root : undefined);
    if (gitFolder !== undefined)
      return ok({ root, gitFolder, commonFolder: await commonFolderOf(gitFolder) });
    if (path.dirname(root) === root) return fail(missing(folder));
  }
}

/** `.git` is a folder, or in further working folders and submodules a file that names one. */
async function gitFolderIn(root: string): Promise<string | undefined> {
  const inside = path.join(root, ".git");
  if (await isGitFolder(inside)) return inside;
  const pointer = await smallText(inside);
  const named = /^gitdir: ([^\r\n]+)\s*$/.exec(pointer ?? "")?.[1];
  if (named === undefined) return undefined;
  const folder = path.resolve(root, named);
  return (await isGitFolder(folder)) ? folder : undefined;
}

async function isGitFolder(folder: string): Promise<boolean> {
  const head = await lstat(path.join(folder, "HEAD")).catch(() => undefined);
  if (head === undefined) return false;
  const objects = await stat(path.join(await commonFolderOf(folder), "objects")).catch(() => undefined);
  return objects?.isDirectory() ?? false;
}

async function commonFolderOf(gitFolder: string): Promise<string> {
  const named = (await smallText(path.join(gitFolder, "commondir")))?.trim();
  return named ? path.resolve(gitFolder, named) : gitFolder;
}

/** A small regular file: pipes and devices, which would never end, are none. */
export async function smallText(file: string, most: number = mostBytes): Promise<string | undefined> {
  const status = await stat(file).catch(() => undefined);
  if (!status?.isFile() || status.size > most) return undefined;
  return await readFile(file, "utf8").catch(() => undefined);
}

function missing(folder: string): ReviewProblem {
  return {
    code: "repository-missing",
    message: `${folder} lies in no git repository.`,
    remedy: "Open a folder of the repository whose change you want to review.",
  };
}
