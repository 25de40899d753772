import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { isJsonObject, parseJsonSafely } from "#common/json.ts";
import { ok, type Result } from "#common/result.ts";
import { ConfinedFolder } from "./confined-folder.ts";
import { type ByteRange, entriesBelow, type FileBytes, type FileStore, sortedByName } from "./file-store.ts";
import { GitIgnored } from "./git-ignored.ts";
import { readProtection } from "./path-policy.ts";
import {
  type FileChange,
  type FileEntry,
  type FileKind,
  type FileRefusal,
  maximumWholeBytes,
} from "./workspace.ts";

/** A change as it is kept: with the hash of what it replaces, so that applying it can notice a conflict. */
export interface KeptChange extends FileChange {
  /** SHA-256 of what the folder had at the first write; undefined for a new file. */
  readonly base?: string;
}

const unprotected = () => undefined;

const listFile = "changes.json";

/**
 * Reads from the person's folder (without secrets and what git ignores), writes beside it: the new contents lie in
 * `files/` of the changes folder, the list of them in `changes.json`. The person's folder is never touched.
 */
export class ChangeSetStore implements FileStore {
  readonly #folder: ConfinedFolder;
  readonly #ignored: GitIgnored;
  readonly #changesFolder: string;
  readonly #changes = new Map<string, KeptChange>();
  #written: ConfinedFolder | undefined;
  /** Changes of an earlier part of the run are there before anything is read or written. */
  readonly #ready: Promise<void>;

  constructor(root: string, changesFolder: string) {
    this.#folder = new ConfinedFolder(root);
    this.#ignored = new GitIgnored(this.#folder);
    this.#changesFolder = changesFolder;
    this.#ready = this.#loadList();
  }

  async read(relative: string, range: ByteRange): Promise<Result<FileBytes, FileRefusal>> {
    await this.#ready;
    if (this.#written && this.#changes.has(relative)) return this.#written.read(relative, unprotected, range);
    return this.#folder.read(relative, this.#protection, range);
  }

  async write(relative: string, content: Uint8Array): Promise<Result<void, FileRefusal>> {
    await this.#ready;
    const before = this.#changes.get(relative) ?? (await this.#original(relative));
    const written = await (await this.#writtenFolder()).write(relative, content, unprotected);
    if (!written.ok) return written;
    this.#changes.set(relative, { ...before, bytes: content.length });
    await this.#saveList();
    return ok(undefined);
  }

  async size(relative: string): Promise<number | undefined> {
    await this.#ready;
    const change = this.#changes.get(relative);
    if (change) return change.bytes;
    return this.#folder.size(relative, this.#protection);
  }

  async list(relative: string): Promise<Result<FileEntry[], FileRefusal>> {
    await this.#ready;
    const own = entriesBelow(relative, this.#changes.keys());
    const original = await this.#folder.list(relative, this.#protection);
    if (!original.ok && own.size === 0) return original;
    for (const entry of original.ok ? original.value : []) {
      if (!own.has(entry.name)) own.set(entry.name, entry);
    }
    return ok(sortedByName(own.values()));
  }

  async changes(): Promise<readonly FileChange[]> {
    await this.#ready;
    return [...this.#changes.values()].map(({ path: file, kind, bytes }) => ({ path: file, kind, bytes }));
  }

  readonly #protection = async (relative: string, kind: FileKind): Promise<string | undefined> =>
    readProtection(relative) ??
    ((await this.#ignored.covers(relative, kind)) ? "git ignores it." : undefined);

  /** What a first write would replace. */
  async #original(relative: string): Promise<KeptChange> {
    const file = await this.#folder.read(relative, unprotected, { offset: 0, length: maximumWholeBytes });
    if (file.ok && file.value.size <= maximumWholeBytes) {
      return { path: relative, kind: "modified", bytes: 0, base: sha256(file.value.bytes) };
    }
    const isNew = !file.ok && file.error.code === "file-not-found";
    return { path: relative, kind: isNew ? "created" : "modified", bytes: 0 };
  }

  async #writtenFolder(): Promise<ConfinedFolder> {
    if (this.#written) return this.#written;
    const files = path.join(this.#changesFolder, "files");
    await mkdir(files, { recursive: true, mode: 0o700 });
    this.#written = new ConfinedFolder(files);
    return this.#written;
  }

  async #loadList(): Promise<void> {
    const kept = await readKeptChanges(this.#changesFolder);
    for (const change of kept) this.#changes.set(change.path, change);
    if (kept.length > 0) await this.#writtenFolder();
  }

  async #saveList(): Promise<void> {
    const list = JSON.stringify({ changes: [...this.#changes.values()] }, undefined, 2);
    const file = path.join(this.#changesFolder, listFile);
    await writeFile(`${file}.new`, `${list}\n`);
    await rename(`${file}.new`, file);
  }
}

/**
 * The changes that a run left; none when it left none. The list may have come with a folder, so it is checked, and a
 * path in it means nothing but a file below the folder that it is used in.
 */
export async function readKeptChanges(changesFolder: string): Promise<readonly KeptChange[]> {
  try {
    const list = parseJsonSafely(await readFile(path.join(changesFolder, listFile), "utf8"));
    const changes = isJsonObject(list) ? list["changes"] : undefined;
    return Array.isArray(changes) ? changes.filter(isKeptChange) : [];
  } catch {
    // There is no list, or it is none of ours.
    return [];
  }
}

function isKeptChange(value: unknown): value is KeptChange {
  if (!isJsonObject(value)) return false;
  const { path: file, kind, bytes, base } = value;
  const known = kind === "created" || kind === "modified" || kind === "deleted";
  const plain = typeof file === "string" && typeof bytes === "number";
  return known && plain && (base === undefined || typeof base === "string");
}

function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
