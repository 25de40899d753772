import type { ModuleTarget } from "#language/project/project-view.ts";
import { standardModules } from "#vocabulary/modules.ts";

/**
 * Where `require(name)` leads (language.md §1.7): a file beside the one that asks, its `init.tac`, or the library. A
 * file of the project comes before the library's module of the same name.
 */
export function moduleTarget(from: string, name: string, exists: (uri: string) => boolean): ModuleTarget {
  const candidates = moduleCandidates(from, name);
  const uri = [...candidates, ...candidatesAbove(from, name)].find(exists);
  if (uri !== undefined) return { kind: "file", uri };
  if (isStandard(name)) return { kind: "standard", name };
  return name.startsWith("tactus.") ? { kind: "unknown" } : { kind: "missing", candidates };
}

/** How many folders above a module the file that starts a run may lie. */
const foldersAbove = 3;

/** A run looks for every module beside the file that it starts, which may lie above a module that requires another. */
function candidatesAbove(from: string, name: string): readonly string[] {
  const found: string[] = [];
  let folder = from.slice(0, from.lastIndexOf("/"));
  for (let level = 0; level < foldersAbove && folder.lastIndexOf("/") > folder.indexOf("//") + 1; level++) {
    found.push(...moduleCandidates(folder, name));
    folder = folder.slice(0, folder.lastIndexOf("/"));
  }
  return found;
}

/** The files that a module may be, the likeliest first. */
export function moduleCandidates(from: string, name: string): readonly string[] {
  const path = name
    .split(/[./]/)
    .filter((part) => part !== "")
    .map((part) => encodeURIComponent(part.toWellFormed()))
    .join("/");
  if (path === "") return [];
  const folder = from.slice(0, from.lastIndexOf("/") + 1);
  return [`${folder}${path}.tac`, `${folder}${path}/init.tac`];
}

/** Submodules of a library module count as well: `tactus.text.classify.fuzzy`. */
function isStandard(name: string): boolean {
  return standardModules.some((module) => name === module.name || name.startsWith(`${module.name}.`));
}

/**
 * The name by which a file requires another one, in the style of `before` (dots or slashes). Undefined when there is
 * none: a module lies beside the file that requires it, or in a folder below.
 */
export function moduleNameFor(from: string, target: string, before: string): string | undefined {
  const folder = from.slice(0, from.lastIndexOf("/") + 1);
  if (!target.startsWith(folder) || !target.endsWith(".tac")) return undefined;
  const path = decodeURIComponent(target.slice(folder.length)).replace(/(\/init)?\.tac$/, "");
  return before.includes("/") ? path : path.replaceAll("/", ".");
}
