import { ok, type Result } from "#common/result.ts";
import type { Protection } from "./confined-folder.ts";
import { type ByteRange, type FileBytes, sortedByName } from "./file-store.ts";
import { normalPath } from "./path-policy.ts";
import { denied, type FileEntry, type FileRefusal, maximumWholeBytes, notFound } from "./workspace.ts";

/**
 * Files as somebody recorded them, a commit for instance: they never change, and none of them has to be on the disk.
 * Paths are relative, with forward slashes. Only regular files are in it: no links, no submodules.
 */
export interface FileTree {
  /** Names exactly this content, as the id of a commit does. */
  readonly name: string;
  /** The bytes of a file; undefined when there is none, or it has more than `most`. */
  read(path: string, most: number): Promise<Uint8Array | undefined>;
  /** Bytes of a file; undefined when there is none. */
  size(path: string): Promise<number | undefined>;
  /** What is directly below a folder (`""` is the root); undefined when there is no such folder. */
  list(path: string): Promise<readonly FileEntry[] | undefined>;
}

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
    const refused = await protection(path, "file");
    if (refused) return denied(path, refused);
    const size = await this.#tree.size(path);
    if (size === undefined) return (await this.#tree.list(path)) ? isFolder(path) : notFound(path);
    if (size > maximumWholeBytes) return ok({ bytes: Buffer.alloc(0), size });
    const content = await this.#tree.read(path, maximumWholeBytes);
    if (!content) return notFound(path);
    const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
    return ok({ bytes: bytes.subarray(offset, offset + length), size });
  }

  async size(path: string, protection: Protection): Promise<number | undefined> {
    return (await protection(path, "file")) ? undefined : this.#tree.size(path);
  }

  async list(path: string, protection: Protection): Promise<Result<FileEntry[], FileRefusal>> {
    const refused = path === "" ? undefined : await protection(path, "folder");
    if (refused) return denied(path, refused);
    const entries = await this.#tree.list(path);
    if (!entries) return notFound(path);
    const shown: FileEntry[] = [];
    for (const entry of entries) {
      const below = path === "" ? entry.name : `${path}/${entry.name}`;
      const isPlain = normalPath(entry.name).ok;
      if (isPlain && !(await protection(below, entry.directory ? "folder" : "file"))) shown.push(entry);
    }
    return ok(sortedByName(shown));
  }
}

function isFolder(path: string): { ok: false; error: FileRefusal } {
  return denied(path, "it is a folder.");
}
