import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Disposable } from "#common/disposal.ts";
import { type Repository, smallText } from "./find-repository.ts";

/**
 * A repository of our own, empty but for links to the folders that hold the other one's objects. It is the only one that
 * git sees: the configuration of the reviewed repository, its hooks, attributes, references, replacements, grafts,
 * alternates and promisors do not exist for it, whatever they are called in this or the next version of git.
 */
export interface BorrowedRepository extends Disposable {
  readonly folder: string;
}

/** Sets one up in the system's temporary folder; `idLength` tells the kind of the ids, 40 or 64 digits. */
export async function borrowObjects(repository: Repository, idLength: number): Promise<BorrowedRepository> {
  const folder = await mkdtemp(path.join(tmpdir(), "tactus-review-"));
  try {
    await mkdir(path.join(folder, "refs"));
    await writeFile(path.join(folder, "HEAD"), "ref: refs/heads/none\n");
    await writeFile(path.join(folder, "config"), configuration(idLength));
    await writeFile(path.join(folder, "shallow"), await shallowCommits(repository));
    await linkObjects(path.join(repository.commonFolder, "objects"), path.join(folder, "objects"));
  } catch (error) {
    await remove(folder);
    throw error;
  }
  return { folder, dispose: () => remove(folder) };
}

function configuration(idLength: number): string {
  const format = idLength === 64 ? "1\n[extensions]\n\tobjectFormat = sha256" : "0";
  return `[core]
	bare = true
	commitGraph = false
	multiPackIndex = false
	hooksPath = ${path.sep === "/" ? "/dev/null" : "NUL"}
	fsmonitor = false
[protocol]
	allow = never
[gc]
	auto = 0
[core]
	repositoryFormatVersion = ${format}
`;
}

/** Where a history that was fetched in part ends; without it git looks for commits that are not there. */
async function shallowCommits({ commonFolder }: Repository): Promise<string> {
  const text = await smallText(path.join(commonFolder, "shallow"), 16 * 1024 * 1024);
  const ids = (text ?? "").split("\n").filter((line) => /^[0-9a-f]{40,64}$/.test(line));
  return ids.map((id) => `${id}\n`).join("");
}

/** `objects/info` is left out: it names other folders of objects, and a summary of history that nothing vouches for. */
async function linkObjects(from: string, to: string): Promise<void> {
  await mkdir(to);
  const names = await readdir(from);
  const holding = names.filter((name) => name === "pack" || /^[0-9a-f]{2}$/.test(name));
  // A junction needs no rights on Windows; other systems know no kinds of links.
  for (const name of holding) await symlink(path.resolve(from, name), path.join(to, name), "junction");
}

/** Links are removed as links: what they lead to stays. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
