import path from "node:path";
import type { StartMessage } from "#protocol/wire/messages.ts";
import type { FileTree } from "#sandbox/workspace/file-tree.ts";
import { openWorkspace } from "#sandbox/workspace/open-workspace.ts";

/** The workspace modules that a source requires by a literal name, by that name. */
export type Modules = StartMessage["modules"];

/** Where a procedure is: its file by its absolute path, and what its folder is read from when that is not the disk. */
export interface ProcedurePlace {
  readonly workspaceRoot: string;
  readonly file: string;
  readonly tree?: FileTree | undefined;
}

/** More static modules than this are left to be asked for at run time. */
const maximumModules = 200;

const text = String.raw`(?:"([^"\n]+)"|'([^'\n]+)'|\[\[([^\]\n]+)\]\])`;

/**
 * `require("a.b")`, `require 'a.b'`, `require [[a.b]]`, `pcall(require, "a.b")`; a name that is computed can't be seen
 * here.
 */
const requireCall = new RegExp(String.raw`\brequire\s*[(,]?\s*${text}`, "g");

/** `use = "./tools.tac"`: a file whose tools are taken is run as `require` does it. */
const toolFile = new RegExp(String.raw`\b(?:use|source)\s*=\s*${text}`, "g");

/**
 * Reads the workspace modules that a procedure requires by name, and those that they require: they are part of what
 * is reviewed and hashed. They are found under the same rules as at run time; one that is not found or refused here
 * is refused there, with the line that asks for it. Names below `tactus.` belong to the standard library.
 */
export async function readModules(place: ProcedurePlace, source: string): Promise<Modules> {
  const workspace = openWorkspace({
    mode: "copy",
    root: place.workspaceRoot,
    procedureFile: relativePath(place.workspaceRoot, place.file),
    changesFolder: path.join(place.workspaceRoot, ".tactus"),
    tree: place.tree,
  });
  const modules: Record<string, Modules[string]> = {};
  const waiting = requiredNames(source);
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (Object.hasOwn(modules, name) || Object.keys(modules).length >= maximumModules) continue;
    const found = await workspace.module({ name });
    if (!found.ok || !found.value.module) continue;
    modules[name] = found.value.module;
    waiting.push(...requiredNames(found.value.module.source));
  }
  return modules;
}

/** Path as events show it: relative to the workspace root, with forward slashes. */
export function relativePath(workspaceRoot: string, file: string): string {
  return path.relative(workspaceRoot, file).split(path.sep).join("/");
}

/** Names as the run keeps modules by: dots, without the ending. */
function requiredNames(source: string): string[] {
  const required = namesIn(source, requireCall);
  const files = namesIn(source, toolFile)
    .filter((name) => name.endsWith(".tac"))
    .map((name) => name.replace(/^\.\//, ""));
  return [...required, ...files]
    .map((name) => name.replace(/\.tac$/, "").replaceAll("/", "."))
    .filter((name) => !name.startsWith("tactus."));
}

function namesIn(source: string, pattern: RegExp): string[] {
  return [...source.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

/** Whether these are all modules that are required by a literal name, as far as there are such files. */
export function areAllModules(modules: Modules): boolean {
  return Object.keys(modules).length < maximumModules;
}
