import { ok } from "#common/result.ts";
import { type ByteRange, entriesBelow, type FileStore, sortedByName } from "./file-store.ts";
import { denied, type FileChange, notFound } from "./workspace.ts";

/** An empty workspace in memory: what a run writes it can read again, and it is gone with the run. */
export class MemoryStore implements FileStore {
  readonly #files = new Map<string, Buffer>();

  async read(path: string, { offset, length }: ByteRange) {
    const file = this.#files.get(path);
    return file ? ok({ bytes: file.subarray(offset, offset + length), size: file.length }) : notFound(path);
  }

  async write(path: string, content: Uint8Array) {
    if (path === "" || entriesBelow(path, this.#files.keys()).size > 0)
      return denied(path, "it is a folder.");
    this.#files.set(path, Buffer.from(content));
    return ok(undefined);
  }

  async size(path: string) {
    return this.#files.get(path)?.length;
  }

  async list(path: string) {
    const entries = entriesBelow(path, this.#files.keys());
    return entries.size === 0 && path !== "" ? notFound(path) : ok(sortedByName(entries.values()));
  }

  async changes(): Promise<readonly FileChange[]> {
    return [];
  }
}
