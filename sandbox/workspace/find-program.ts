import path from "node:path";
import { ok, type Result } from "#common/result.ts";
import { normalPath } from "./path-policy.ts";
import type { FileRefusal } from "./workspace.ts";

/** How many folders above the calling file are looked into. */
const maximumParents = 5;
const examplesFolder = "examples";

type ProgramAnswer = { program: { file: string; source: string } | null };

/**
 * Looks for the file that `Procedure.run` and `Procedure.spawn` name, with or without `.tac`: in the workspace, beside
 * the calling file, in the folders above that, in `examples`. A file that may not be read is refused.
 */
export async function findProgram(
  { name, from, rootName }: { readonly name: string; readonly from: string; readonly rootName: string },
  read: (path: string) => Promise<Result<string, FileRefusal>>,
): Promise<Result<ProgramAnswer, FileRefusal>> {
  for (const file of programCandidates(name, from, rootName)) {
    const text = await read(file);
    if (text.ok) return ok({ program: { file, source: text.value } });
    if (text.error.code !== "file-not-found") return text;
  }
  return ok({ program: null });
}

/** The paths that a name may mean, in the order in which they are tried; none leads out of the workspace. */
function programCandidates(name: string, from: string, rootName: string): readonly string[] {
  const fileName = name.endsWith(".tac") ? name : `${name}.tac`;
  const folders = ["", ...foldersAbove(from), examplesFolder];
  const names = folders.map((folder) => path.posix.join(folder, fileName));
  // Seen from the folder above the workspace, which is not looked into.
  if (fileName.startsWith(`${rootName}/`)) names.push(fileName.slice(rootName.length + 1));
  const paths = names.map(normalPath);
  return [...new Set(paths.flatMap((candidate) => (candidate.ok ? [candidate.value] : [])))];
}

/** The folder of a file, and those above it. */
function foldersAbove(file: string): readonly string[] {
  const folders: string[] = [];
  let folder = path.posix.dirname(file);
  while (folder !== "." && folders.length <= maximumParents) {
    folders.push(folder);
    folder = path.posix.dirname(folder);
  }
  return folders;
}
