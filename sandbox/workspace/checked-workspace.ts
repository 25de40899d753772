import { ok } from "#common/result.ts";
import type { FileStore } from "./file-store.ts";
import { findModule } from "./find-module.ts";
import { normalPath } from "./path-policy.ts";
import type { RunWorkspace } from "./workspace.ts";
import { WriteBudget } from "./write-budget.ts";

/** The files of a run: one path policy, one budget and one look-up of modules over whichever store. */
export class CheckedWorkspace implements RunWorkspace {
  readonly #store: FileStore;
  readonly #procedureFile: string;
  readonly #budget = new WriteBudget();

  constructor(store: FileStore, procedureFile: string) {
    this.#store = store;
    this.#procedureFile = procedureFile;
  }

  async read({ path }: { readonly path: string }) {
    const normal = normalPath(path);
    if (!normal.ok) return normal;
    const text = await this.#store.read(normal.value);
    return text.ok ? ok({ text: text.value }) : text;
  }

  async write({ path, text }: { readonly path: string; readonly text: string }) {
    const normal = normalPath(path);
    if (!normal.ok) return normal;
    const bytes = Buffer.byteLength(text);
    const refused = this.#budget.take(path, bytes);
    if (refused) return refused;
    const written = await this.#store.write(normal.value, text);
    return written.ok ? ok({ bytes }) : written;
  }

  async status({ path }: { readonly path: string }) {
    const normal = normalPath(path);
    const bytes = normal.ok ? await this.#store.size(normal.value) : undefined;
    return ok({ exists: bytes !== undefined, bytes: bytes ?? 0 });
  }

  async list({ path }: { readonly path: string }) {
    const normal = normalPath(path);
    if (!normal.ok) return normal;
    const entries = await this.#store.list(normal.value);
    return entries.ok ? ok({ entries: entries.value }) : entries;
  }

  module({ name }: { readonly name: string }) {
    return findModule(name, this.#procedureFile, (file) => this.#store.read(file));
  }

  async changes() {
    return this.#store.changes();
  }
}
