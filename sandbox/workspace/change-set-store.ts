import { mkdir } from "node:fs/promises";
import { ok, type Result } from "#common/result.ts";
import { ConfinedFolder, unprotected } from "./confined-folder.ts";
import { type ByteRange, entriesBelow, type FileBytes, type FileStore, sortedByName } from "./file-store.ts";
import {
  contentFolders,
  contentHash,
  type KeptChange,
  readKeptChanges,
  writeKeptChanges,
} from "./kept-changes.ts";
import { readProtection } from "./path-policy.ts";
import {
  type FileChange,
  type FileEntry,
  type FileKind,
  type FileRefusal,
  maximumFileBytes,
  maximumWholeBytes,
} from "./workspace.ts";

/** What a copied workspace begins with: a folder of the person, or files that are not on the disk. */
export interface Originals {
  readonly files: Pick<ConfinedFolder, "read" | "size" | "list">;
  /** Whether git ignores it: then it is no part of the copy. */
  readonly isIgnored: (path: string, kind: FileKind) => Promise<boolean>;
  /** Whether a copy may be kept of what a run replaces. */
  readonly isCopied: boolean;
}

/**
 * Reads from the originals (without secrets and what git ignores), writes beside them: the new contents lie in
 * `files/` of the changes folder, what they replace in `base/`, so that a conflict can be shown, the list of them in
 * `changes.json`. The originals are never touched.
 */
export class ChangeSetStore implements FileStore {
  readonly #originals: Originals;
  readonly #changesFolder: string;
  readonly #changes = new Map<string, KeptChange>();
  #written: ConfinedFolder | undefined;
  /** What the person decided about changes of an earlier part of the run. */
  #settled: readonly KeptChange[] = [];
  #loading: Promise<void> | undefined;

  constructor(originals: Originals, changesFolder: string) {
    this.#originals = originals;
    this.#changesFolder = changesFolder;
  }

  async read(relative: string, range: ByteRange): Promise<Result<FileBytes, FileRefusal>> {
    await this.#loaded();
    if (this.#written && this.#changes.has(relative)) return this.#written.read(relative, unprotected, range);
    return this.#originals.files.read(relative, this.#protection, range);
  }

  async write(relative: string, content: Uint8Array): Promise<Result<void, FileRefusal>> {
    await this.#loaded();
    const known = this.#changes.get(relative);
    const before = known ?? (await this.#original(relative));
    const written = await (await this.#writtenFolder()).write(relative, content, unprotected);
    if (!written.ok) return written;
    this.#changes.set(relative, { ...before, bytes: content.length });
    await this.#saveList();
    return ok(undefined);
  }

  async size(relative: string): Promise<number | undefined> {
    await this.#loaded();
    const change = this.#changes.get(relative);
    if (change) return change.bytes;
    return this.#originals.files.size(relative, this.#protection);
  }

  async list(relative: string): Promise<Result<FileEntry[], FileRefusal>> {
    await this.#loaded();
    const own = entriesBelow(relative, this.#changes.keys());
    const original = await this.#originals.files.list(relative, this.#protection);
    if (!original.ok && own.size === 0) return original;
    for (const entry of original.ok ? original.value : []) {
      if (!own.has(entry.name)) own.set(entry.name, entry);
    }
    return ok(sortedByName(own.values()));
  }

  async changes(): Promise<readonly FileChange[]> {
    await this.#loaded();
    return [...this.#changes.values()].map(({ path: file, kind, bytes }) => ({ path: file, kind, bytes }));
  }

  readonly #protection = async (relative: string, kind: FileKind): Promise<string | undefined> =>
    readProtection(relative) ??
    ((await this.#originals.isIgnored(relative, kind)) ? "git ignores it." : undefined);

  /** What a first write would replace. */
  async #original(relative: string): Promise<KeptChange> {
    const file = await this.#originals.files.read(relative, unprotected, {
      offset: 0,
      length: maximumWholeBytes,
    });
    if (file.ok && file.value.size <= maximumWholeBytes) {
      await this.#keepBase(relative, file.value.bytes);
      return { path: relative, kind: "modified", bytes: 0, base: contentHash(file.value.bytes) };
    }
    const isNew = !file.ok && file.error.code === "file-not-found";
    return { path: relative, kind: isNew ? "created" : "modified", bytes: 0 };
  }

  /** A copy for showing later what changed meanwhile; never one of what the run may not read. */
  async #keepBase(relative: string, content: Uint8Array): Promise<void> {
    if (!this.#originals.isCopied || content.length > maximumFileBytes) return;
    if (await this.#protection(relative, "file")) return;
    const folder = await privateFolder(contentFolders(this.#changesFolder).base);
    await folder.write(relative, content, unprotected);
  }

  async #writtenFolder(): Promise<ConfinedFolder> {
    this.#written ??= await privateFolder(contentFolders(this.#changesFolder).written);
    return this.#written;
  }

  /** Changes of an earlier part of the run are there before anything is read or written. */
  #loaded(): Promise<void> {
    this.#loading ??= this.#loadList();
    return this.#loading;
  }

  async #loadList(): Promise<void> {
    const kept = await readKeptChanges(this.#changesFolder);
    this.#settled = kept.filter(({ settled }) => settled !== undefined);
    const open = kept.filter(({ settled }) => settled === undefined);
    for (const change of open) this.#changes.set(change.path, change);
    if (open.length > 0) await this.#writtenFolder();
  }

  async #saveList(): Promise<void> {
    const decided = this.#settled.filter(({ path: file }) => !this.#changes.has(file));
    await writeKeptChanges(this.#changesFolder, [...this.#changes.values(), ...decided]);
  }
}

async function privateFolder(folder: string): Promise<ConfinedFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return new ConfinedFolder(folder);
}
