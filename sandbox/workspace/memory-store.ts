import { ok } from "#common/result.ts";
import { entriesBelow, type FileStore, sortedByName } from "./file-store.ts";
import { denied, type FileChange, notFound } from "./workspace.ts";

/** An empty workspace in memory: what a run writes it can read again, and it is gone with the run. */
export class MemoryStore implements FileStore {
  readonly #files = new Map<string, string>();

  async read(path: string) {
    const text = this.#files.get(path);
    return text === undefined ? notFound(path) : ok(text);
  }

  async write(path: string, text: string) {
    if (path === "" || entriesBelow(path, this.#files.keys()).size > 0)
      return denied(path, "it is a folder.");
    this.#files.set(path, text);
    return ok(undefined);
  }

  async size(path: string) {
    const text = this.#files.get(path);
    return text === undefined ? undefined : Buffer.byteLength(text);
  }

  async list(path: string) {
    const entries = entriesBelow(path, this.#files.keys());
    return entries.size === 0 && path !== "" ? notFound(path) : ok(sortedByName(entries.values()));
  }

  changes(): readonly FileChange[] {
    return [];
  }
}
