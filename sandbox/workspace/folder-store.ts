import { ConfinedFolder } from "./confined-folder.ts";
import type { ByteRange, FileStore } from "./file-store.ts";
import { readProtection, writeProtection } from "./path-policy.ts";
import { denied, type FileChange } from "./workspace.ts";

/** The person's folder itself: what a run writes is there at once and belongs to them. */
export class FolderStore implements FileStore {
  readonly #folder: ConfinedFolder;

  constructor(root: string) {
    this.#folder = new ConfinedFolder(root);
  }

  read(path: string, range: ByteRange) {
    return this.#folder.read(path, readProtection, range);
  }

  async write(path: string, content: Uint8Array) {
    if (await this.#folder.isProgram(path)) {
      return denied(path, "this machine can start it; use `--workspace copy` to review such a change.");
    }
    return this.#folder.write(path, content, writeProtection);
  }

  size(path: string) {
    return this.#folder.size(path, readProtection);
  }

  list(path: string) {
    return this.#folder.list(path, readProtection);
  }

  async changes(): Promise<readonly FileChange[]> {
    return [];
  }
}
