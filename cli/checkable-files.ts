import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import ignore, { type Ignore } from "ignore";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { UsageError } from "./usage-error.ts";

/** The `.gitignore` of a folder, and where its patterns start. */
interface IgnoreRules {
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * The files that can be checked at or below the given paths, as the person would name them, in a fixed order. A file
 * that is named is always taken; a folder is searched without what git ignores, without hidden folders (but
 * `.tactus`) and without following links.
 */
export async function findCheckable(paths: readonly string[]): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const named of paths) {
    const status = await stat(named).catch(() => undefined);
    if (!status) throw new UsageError(`${named} does not exist.`);
    if (!status.isDirectory()) {
      if (!fileKindOf(path.resolve(named)))
        throw new UsageError(`${named} is no .tac file, sidecar or .tactus/config.yml.`);
      found.add(path.normalize(named));
      continue;
    }
    const above = await rulesAbove(path.resolve(named));
    for await (const file of searchFolder(path.normalize(named), above)) found.add(file);
  }
  return [...found];
}

async function* searchFolder(folder: string, above: readonly IgnoreRules[]): AsyncGenerator<string> {
  const rules = [...above, ...(await rulesOf(path.resolve(folder)))];
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = path.join(folder, entry.name);
    if (isIgnored(path.resolve(name), entry.isDirectory(), rules)) continue;
    if (entry.isDirectory() && isSearched(entry.name)) yield* searchFolder(name, rules);
    else if (entry.isFile() && fileKindOf(path.resolve(name))) yield name;
  }
}

function isSearched(folderName: string): boolean {
  return folderName === ".tactus" || !(folderName.startsWith(".") || folderName === "node_modules");
}

/** As git decides: the deepest `.gitignore` that says anything about a path has the word. */
function isIgnored(absolute: string, directory: boolean, rules: readonly IgnoreRules[]): boolean {
  for (const { folder, rules: patterns } of rules.toReversed()) {
    const relative = path.relative(folder, absolute).split(path.sep).join("/");
    const { ignored, unignored } = patterns.test(directory ? `${relative}/` : relative);
    if (ignored || unignored) return ignored;
  }
  return false;
}

/** Rules of the folders above, up to the one that holds `.git`. */
async function rulesAbove(folder: string): Promise<IgnoreRules[]> {
  const parent = path.dirname(folder);
  const isRepository = await stat(path.join(folder, ".git")).then(
    () => true,
    () => false,
  );
  if (isRepository || parent === folder) return [];
  return [...(await rulesAbove(parent)), ...(await rulesOf(parent))];
}

async function rulesOf(folder: string): Promise<IgnoreRules[]> {
  const text = await readFile(path.join(folder, ".gitignore"), "utf8").catch(() => undefined);
  return text === undefined ? [] : [{ folder, rules: ignore().add(text) }];
}
