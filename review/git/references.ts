import { readdir, readlink } from "node:fs/promises";
import path from "node:path";
import { type Repository, smallText } from "./find-repository.ts";

/**
 * What a name means in a repository, read off its files: git itself would read the repository's configuration for it.
 * References that are kept as `reftable` are not found; commit ids always are.
 */

const objectId = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
/** What follows a name: `~2`, `^`, `^2`. */
const steps = /^((?:[~^]\d{0,4}){0,20})$/;
/** References that point to references are followed no further. */
const mostHops = 5;
const mostPackedBytes = 64 * 1024 * 1024;
const mostBranches = 5000;

/** A revision as objects alone tell it: an id, perhaps abbreviated, and steps up its history. */
export interface Revision {
  readonly id: string;
  readonly steps: string;
}

/** Reads a revision: a branch, a tag, `HEAD`, a commit id, each with `~` and `^` behind it. */
export async function readRevision(repository: Repository, text: string): Promise<Revision | undefined> {
  const end = text.search(/[~^]/);
  const name = end < 0 ? text : text.slice(0, end);
  const behind = end < 0 ? "" : text.slice(end);
  if (!steps.test(behind)) return undefined;
  const id = await idOf(repository, name === "@" ? "HEAD" : name);
  return id === undefined ? undefined : { id, steps: behind };
}

/** In git's own order. An abbreviated id comes last, so that a branch that looks like one is found first. */
async function idOf(repository: Repository, name: string): Promise<string | undefined> {
  if (objectId.test(name)) return name;
  if (!isReferenceName(name)) return undefined;
  for (const prefix of ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"]) {
    const full = `${prefix}${name}`;
    if (prefix === "" && !/^(HEAD|FETCH_HEAD|ORIG_HEAD|MERGE_HEAD|refs\/.+)$/.test(name)) continue;
    const id = await follow(repository, full);
    if (id !== undefined) return id;
  }
  const remote = await follow(repository, `refs/remotes/${name}/HEAD`);
  return remote ?? (/^[0-9a-f]{4,64}$/.test(name) ? name : undefined);
}

/** As `git check-ref-format` has it, so that no name leads out of the folder of references. */
function isReferenceName(name: string): boolean {
  return (
    /^[^\s~^:?*[\\\p{Cc}]+$/u.test(name) &&
    !/\.\.|@\{|\/\/|\/$|^\/|^-/.test(name) &&
    name.split("/").every((part) => !part.startsWith(".") && !part.endsWith(".lock") && !part.endsWith("."))
  );
}

async function follow(repository: Repository, name: string, hops = 0): Promise<string | undefined> {
  const text = (await looseReference(repository, name)) ?? (await packedReference(repository, name));
  const [word = ""] = (text ?? "").split(/\s/, 1);
  if (objectId.test(word)) return word;
  const target = /^ref:\s*(refs\/\S+)\s*$/.exec(text ?? "")?.[1];
  if (target === undefined || hops === mostHops || !isReferenceName(target)) return undefined;
  return await follow(repository, target, hops + 1);
}

async function looseReference(
  { gitFolder, commonFolder }: Repository,
  name: string,
): Promise<string | undefined> {
  const folder = name.startsWith("refs/") ? commonFolder : gitFolder;
  const file = path.join(folder, ...name.split("/"));
  const link = await readlink(file).catch(() => undefined);
  // An old way to write `ref: …`; what it leads to is not opened.
  if (link !== undefined) return link.startsWith("refs/") ? `ref: ${link}` : undefined;
  return await smallText(file);
}

async function packedReference({ commonFolder }: Repository, name: string): Promise<string | undefined> {
  const packed = await smallText(path.join(commonFolder, "packed-refs"), mostPackedBytes);
  const line = packed?.split("\n").find((each) => each.endsWith(` ${name}`));
  return line?.slice(0, line.indexOf(" "));
}

/** Names of the branches of a repository, local ones first, for people to choose from. */
export async function branchesOf({ commonFolder }: Repository): Promise<readonly string[]> {
  const packed = await smallText(path.join(commonFolder, "packed-refs"), mostPackedBytes);
  const names = (packed ?? "")
    .split("\n")
    .flatMap((line) => /^[0-9a-f]+ (refs\/(?:heads|remotes)\/\S+)$/.exec(line)?.[1] ?? []);
  const loose = await Promise.all(
    ["refs/heads", "refs/remotes"].map((folder) => looseBranches(path.join(commonFolder, folder), folder)),
  );
  const all = new Set([...loose.flat(), ...names].filter(isReferenceName));
  return [...all].sort().map((name) => name.replace(/^refs\/(heads|remotes)\//, ""));
}

/** Files below a folder of references; links are not followed. */
async function looseBranches(folder: string, prefix: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name !== "HEAD")
    .slice(0, mostBranches)
    .map((entry) => {
      const below = path.relative(folder, path.join(entry.parentPath, entry.name));
      return `${prefix}/${below.split(path.sep).join("/")}`;
    });
}
