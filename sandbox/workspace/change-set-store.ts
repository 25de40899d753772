import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
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
interface KeptChange extends FileChange {
  /** SHA-256 of what the folder had at the first write; undefined for a new file. */
  readonly base?: string;
}

const unprotected = () => undefined;

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

  constructor(root: string, changesFolder: string) {
    this.#folder = new ConfinedFolder(root);
    this.#ignored = new GitIgnored(this.#folder);
    this.#changesFolder = changesFolder;
  }

  async read(relative: string, range: ByteRange): Promise<Result<FileBytes, FileRefusal>> {
    if (this.#written && this.#changes.has(relative)) return this.#written.read(relative, unprotected, range);
    return this.#folder.read(relative, this.#protection, range);
  }

  async write(relative: string, content: Uint8Array): Promise<Result<void, FileRefusal>> {
    const before = this.#changes.get(relative) ?? (await this.#original(relative));
    const written = await (await this.#writtenFolder()).write(relative, content, unprotected);
    if (!written.ok) return written;
    this.#changes.set(relative, { ...before, bytes: content.length });
    await this.#saveList();
    return ok(undefined);
  }

  async size(relative: string): Promise<number | undefined> {
    const change = this.#changes.get(relative);
    if (change) return change.bytes;
    return this.#folder.size(relative, this.#protection);
  }

  async list(relative: string): Promise<Result<FileEntry[], FileRefusal>> {
    const own = entriesBelow(relative, this.#changes.keys());
    const original = await this.#folder.list(relative, this.#protection);
    if (!original.ok && own.size === 0) return original;
    for (const entry of original.ok ? original.value : []) {
      if (!own.has(entry.name)) own.set(entry.name, entry);
    }
    return ok(sortedByName(own.values()));
  }

  changes(): readonly FileChange[] {
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

  async #saveList(): Promise<void> {
    const list = JSON.stringify({ changes: [...this.#changes.values()] }, undefined, 2);
    await writeFile(path.join(this.#changesFolder, "changes.json"), `${list}\n`);
  }
}

function sha256(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
