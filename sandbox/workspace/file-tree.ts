import { ok, type Result } from "#common/result.ts";
import type { Protection } from "./confined-folder.ts";
import { type ByteRange, entriesBelow, type FileBytes, sortedByName } from "./file-store.ts";
import { normalPath } from "./path-policy.ts";
import { denied, type FileEntry, type FileRefusal, maximumWholeBytes, notFound } from "./workspace.ts";

/** One file of a tree. */
export interface RecordedFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  /** Only `file` and `executable` are read; a link is never followed. */
  readonly kind: "file" | "executable" | "link" | "submodule";
  /** The same id is the same content. */
  readonly id: string;
}

type Answer<Value> = Promise<Result<Value, { readonly message: string }>>;

/** Files as somebody recorded them, a commit for instance: they never change, and none of them has to be on the disk. */
export interface FileTree {
  /** Names exactly this content, as the id of a commit does. */
  readonly name: string;
  find(path: string): Answer<RecordedFile | undefined>;
  /** Every file below a folder (`""` is the root). Fails on more than `most`. */
  list(folder: string, most: number): Answer<readonly RecordedFile[]>;
  /** Fails on more than `mostBytes`. */
  read(file: RecordedFile, mostBytes: number): Answer<Uint8Array>;
}

/** Files below one folder that are looked at to list it. */
const maximumFiles = 100_000;

/** The files of a tree under the rules that hold for a folder on the disk. */
export class TreeFiles {
  readonly #tree: FileTree;

  constructor(tree: FileTree) {
    this.#tree = tree;
  }

  async read(
    path: string,
    protection: Protection,
    { offset, length }: ByteRange,
  ): Promise<Result<FileBytes, FileRefusal>> {
    const content = await this.#content(path, protection);
    if (!content.ok) return content;
    return ok({ bytes: content.value.subarray(offset, offset + length), size: content.value.length });
  }

  async size(path: string, protection: Protection): Promise<number | undefined> {
    const content = await this.#content(path, protection);
    return content.ok ? content.value.length : undefined;
  }

  async list(path: string, protection: Protection): Promise<Result<FileEntry[], FileRefusal>> {
    const refused = path === "" ? undefined : await protection(path, "folder");
    if (refused) return denied(path, refused);
    const files = await this.#tree.list(path, maximumFiles);
    if (!files.ok) return denied(path, "it has too many entries, or can't be read.");
    const readable = files.value.filter(isRegular).map((file) => file.path);
    if (readable.length === 0 && path !== "") return notFound(path);
    const shown: FileEntry[] = [];
    for (const entry of entriesBelow(path, readable).values()) {
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      const isPlain = normalPath(entry.name).ok;
      if (isPlain && !(await protection(below, entry.directory ? "folder" : "file"))) shown.push(entry);
    }
    return ok(sortedByName(shown));
  }

  /** The whole file: what is recorded is read as a whole in any case. */
  async #content(path: string, protection: Protection): Promise<Result<Buffer, FileRefusal>> {
    const refused = await protection(path, "file");
    if (refused) return denied(path, refused);
    const file = await this.#tree.find(path);
    if (!file.ok || (file.value && !isRegular(file.value))) return denied(path, "it is not a regular file.");
    if (!file.value) return notFound(path);
    const read = await this.#tree.read(file.value, maximumWholeBytes);
    if (!read.ok) return denied(path, "it is too large, or can't be read.");
    const { buffer, byteOffset, byteLength } = read.value;
    return ok(Buffer.from(buffer, byteOffset, byteLength));
  }
}

/** Whether a file of a tree is one with a content of its own. */
export function isRegular({ kind }: RecordedFile): boolean {
  return kind === "file" || kind === "executable";
}
