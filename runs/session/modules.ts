import path from "node:path";
import { type FileProblem, maximumSourceBytes, readTextFile } from "#runs/session/source-files.ts";

/** The modules that a source requires by a literal name, by that name. */
export type Modules = Readonly<Record<string, { readonly file: string; readonly source: string }>>;

/** More static modules than this are left to be asked for at run time. */
const maximumModules = 200;

/** `require("a.b")`, `require 'a.b'`, `require [[a.b]]`; a name that is computed can't be seen here. */
const requireCall = /\brequire\s*\(?\s*(?:"([^"\n]+)"|'([^'\n]+)'|\[\[([^\]\n]+)\]\])/g;

/** What a name may look like: dotted or slashed words. Nothing absolute, nothing with `..`. */
const moduleName = /^[\w-]+(?:[./][\w-]+)*$/;

/**
 * Reads the workspace modules that a procedure requires by name, and those that they require: they are part of what
 * is reviewed and hashed. Looked for beside the procedure, as the run will do: `a/b.tac`, then `a/b/init.tac`.
 * Names below `tactus.` belong to the standard library.
 */
export async function readModules(place: {
  readonly workspaceRoot: string;
  /** Absolute path of the procedure. */
  readonly file: string;
  readonly source: string;
}): Promise<{ readonly modules: Modules; readonly problems: readonly FileProblem[] }> {
  const modules: Record<string, { file: string; source: string }> = {};
  const problems: FileProblem[] = [];
  const waiting = requiredNames(place.source);
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (Object.hasOwn(modules, name) || Object.keys(modules).length >= maximumModules) continue;
    const found = await readModule(path.dirname(place.file), name);
    if (found === undefined) continue;
    if ("kind" in found) {
      problems.push(found);
      continue;
    }
    modules[name] = { file: relativePath(place.workspaceRoot, found.file), source: found.source };
    waiting.push(...requiredNames(found.source));
  }
  return { modules, problems };
}

/** Path as events show it: relative to the workspace root, with forward slashes. */
export function relativePath(workspaceRoot: string, file: string): string {
  return path.relative(workspaceRoot, file).split(path.sep).join("/");
}

function requiredNames(source: string): string[] {
  const names = [...source.matchAll(requireCall)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
  return names.filter((name) => moduleName.test(name) && !name.startsWith("tactus."));
}

async function readModule(
  folder: string,
  name: string,
): Promise<{ file: string; source: string } | FileProblem | undefined> {
  const base = path.join(folder, ...name.split(/[./]/));
  for (const file of [`${base}.tac`, path.join(base, "init.tac")]) {
    const read = await readTextFile(file, { maximumBytes: maximumSourceBytes });
    if (read.ok) return { file, source: read.value };
    if (read.error.kind === "unreadable") return read.error;
  }
  return undefined;
}
