import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { type KeptChange, readKeptChanges } from "./change-set-store.ts";
import { ConfinedFolder } from "./confined-folder.ts";
import { writeProtection } from "./path-policy.ts";
import { maximumWholeBytes } from "./workspace.ts";

/** One change of a run, with what it would make of which file. */
export interface ProposedChange {
  readonly path: string;
  readonly kind: KeptChange["kind"];
  /** What the folder has now; undefined: no file that may be read. */
  readonly current: Uint8Array | undefined;
  /** What the run wrote; undefined when it is no longer there. */
  readonly proposed: Uint8Array | undefined;
  /** The folder's file is another one than the run began with. */
  readonly conflicting: boolean;
}

const unprotected = (): undefined => undefined;
const whole = { offset: 0, length: maximumWholeBytes };

/** The changes that a run on a copied workspace left beside its journal, and what the person does with them. */
export class ChangeSet {
  readonly #root: ConfinedFolder;
  readonly #written: ConfinedFolder;
  readonly #folder: string;

  constructor(root: string, changesFolder: string) {
    this.#root = new ConfinedFolder(root);
    this.#written = new ConfinedFolder(path.join(changesFolder, "files"));
    this.#folder = changesFolder;
  }

  /** All of them, in the order in which the files were first written. */
  async list(): Promise<readonly ProposedChange[]> {
    const changes = await readKeptChanges(this.#folder);
    return Promise.all(changes.map((change) => this.#propose(change)));
  }

  /**
   * Writes the changes into the folder and forgets them. When a file has changed since the run began, or may not be
   * written, nothing is: the paths are given back.
   */
  async apply(): Promise<{ readonly applied: readonly string[]; readonly refused: readonly string[] }> {
    const changes = await this.list();
    const refused = changes.filter(
      ({ conflicting, proposed, path: file }) =>
        conflicting || proposed === undefined || writeProtection(file) !== undefined,
    );
    if (refused.length > 0) return { applied: [], refused: refused.map((change) => change.path) };
    const failed: string[] = [];
    for (const { path: file, proposed } of changes) {
      const written = proposed && (await this.#root.write(file, proposed, writeProtection));
      if (!written?.ok) failed.push(file);
    }
    if (failed.length === 0) await this.discard();
    return {
      applied: changes.map((change) => change.path).filter((file) => !failed.includes(file)),
      refused: failed,
    };
  }

  /** Forgets the changes. */
  async discard(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #propose({ path: file, kind, base }: KeptChange): Promise<ProposedChange> {
    const current = await this.#bytes(this.#root, file);
    const proposed = await this.#bytes(this.#written, file);
    const hash = current && createHash("sha256").update(current).digest("hex");
    return { path: file, kind, current, proposed, conflicting: hash !== base };
  }

  async #bytes(folder: ConfinedFolder, file: string): Promise<Uint8Array | undefined> {
    const read = await folder.read(file, unprotected, whole);
    return read.ok ? read.value.bytes : undefined;
  }
}
