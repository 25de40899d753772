import { lstat, readFile, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import ignore, { type Ignore } from "ignore";
import { maximumFileBytes } from "./workspace.ts";

/** Rules of git from outside of a folder, and the folders that lead from their place to it. */
export interface OuterRules {
  readonly rules: Ignore;
  readonly prefix: readonly string[];
}

/**
 * Rules that count for a folder without being in it, weakest first: the person's own, the repository's
 * `info/exclude`, the `.gitignore` files from the repository's root down to the folder. None when they ignore the
 * folder as a whole: then nothing in it is the repository's.
 */
export async function outerRules(root: string): Promise<readonly OuterRules[]> {
  const real = await realpath(root).catch(() => root);
  const repository = await repositoryOf(real);
  const personal = path.join(
    process.env["XDG_CONFIG_HOME"] || path.join(homedir(), ".config"),
    "git",
    "ignore",
  );
  const top = repository ?? real;
  const sources = [
    { file: personal, at: top },
    { file: path.join(top, ".git", "info", "exclude"), at: top },
  ];
  for (const folder of foldersBetween(top, real))
    sources.push({ file: path.join(folder, ".gitignore"), at: folder });
  const found = await Promise.all(sources.map(({ file, at }) => readRules(file, namesBetween(at, real))));
  return found.filter((one) => one !== undefined);
}

/** The folder, or one above it, that holds `.git`. */
async function repositoryOf(folder: string): Promise<string | undefined> {
  for (let place = folder; ; place = path.dirname(place)) {
    if (await lstat(path.join(place, ".git")).catch(() => undefined)) return place;
    if (path.dirname(place) === place) return undefined;
  }
}

function namesBetween(outer: string, inner: string): string[] {
  const relative = path.relative(outer, inner);
  return relative === "" ? [] : relative.split(path.sep);
}

/** The outer folder and those below it, without the inner one. */
function foldersBetween(outer: string, inner: string): string[] {
  return namesBetween(outer, inner).map((_, depth, names) => path.join(outer, ...names.slice(0, depth)));
}

async function readRules(file: string, prefix: readonly string[]): Promise<OuterRules | undefined> {
  const status = await lstat(file).catch(() => undefined);
  if (!status?.isFile() || status.size > maximumFileBytes) return undefined;
  const text = await readFile(file, "utf8").catch(() => "");
  const rules = ignore().add(text);
  return prefix.length > 0 && rules.ignores(`${prefix.join("/")}/`) ? undefined : { rules, prefix };
}
