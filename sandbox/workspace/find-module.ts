import path from "node:path";
import { ok, type Result } from "#common/result.ts";
import type { FileRefusal } from "./workspace.ts";

/** Dotted or slashed words: nothing absolute, nothing hidden, no `..`. */
const moduleName = /^[\w-]+(?:[./][\w-]+)*$/;

type ModuleAnswer = { module: { file: string; source: string } | null };

/**
 * Looks for the module that `require` names: `a.b` is `a/b.tac`, then `a/b/init.tac`, beside the procedure. A file
 * that may not be read is refused; a name that can't be a file of the workspace is no module.
 */
export async function findModule(
  name: string,
  procedureFile: string,
  read: (path: string) => Promise<Result<string, FileRefusal>>,
): Promise<Result<ModuleAnswer, FileRefusal>> {
  if (!moduleName.test(name)) return ok({ module: null });
  const base = path.posix.join(path.posix.dirname(procedureFile), name.replaceAll(".", "/"));
  for (const file of [`${base}.tac`, `${base}/init.tac`]) {
    const text = await read(file);
    if (text.ok) return ok({ module: { file, source: text.value } });
    if (text.error.code !== "file-not-found") return text;
  }
  return ok({ module: null });
}
