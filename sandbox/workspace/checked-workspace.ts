import { ok, type Result } from "#common/result.ts";
import type { FileStore } from "./file-store.ts";
import { findModule } from "./find-module.ts";
import { findProgram } from "./find-program.ts";
import { GatheredPieces } from "./gathered-pieces.ts";
import { normalPath } from "./path-policy.ts";
import {
  denied,
  type FileRefusal,
  maximumFileBytes,
  maximumWholeBytes,
  type RunWorkspace,
} from "./workspace.ts";
import { WriteBudget } from "./write-budget.ts";

/** The files of a run: one path policy, one budget and one look-up of modules over whichever store. */
export class CheckedWorkspace implements RunWorkspace {
  readonly #store: FileStore;
  readonly #procedureFile: string;
  readonly #rootName: string;
  readonly #budget = new WriteBudget();
  readonly #gathered = new GatheredPieces();

  /** `rootName`: of the workspace's folder, as procedures may write it before their paths. */
  constructor(store: FileStore, names: { readonly procedureFile: string; readonly rootName: string }) {
    this.#store = store;
    this.#procedureFile = names.procedureFile;
    this.#rootName = names.rootName;
  }

  async read({ path }: { readonly path: string }) {
    const text = await this.#readText(path);
    return text.ok ? ok({ text: text.value }) : text;
  }

  async write({ path, text }: { readonly path: string; readonly text: string }) {
    const normal = normalPath(path);
    if (!normal.ok) return normal;
    const content = Buffer.from(text);
    const refused = this.#budget.take(path, content.length);
    if (refused) return refused;
    const written = await this.#store.write(normal.value, content);
    return written.ok ? ok({ bytes: content.length }) : written;
  }

  async readBytes({ path, offset }: { readonly path: string; readonly offset: number }) {
    const normal = normalPath(path);
    if (!normal.ok) return normal;
    const file = await this.#store.read(normal.value, { offset, length: maximumFileBytes });
    if (!file.ok) return file;
    const { bytes, size } = file.value;
    if (size > maximumWholeBytes) return denied(path, `it has more than ${maximumWholeBytes} bytes.`);
    return ok({ base64: bytes.toString("base64"), size });
  }

  async writeBytes({ path, ...piece }: Parameters<RunWorkspace["writeBytes"]>[0]) {
    const normal = normalPath(path);
    if (!normal.ok) return normal;
    const refused = piece.offset === 0 && this.#budget.take(path, piece.size, maximumWholeBytes);
    if (refused) return refused;
    const content = this.#gathered.add(normal.value, piece);
    if (!content.ok) return content;
    if (!content.value) return ok({ bytes: 0 });
    const written = await this.#store.write(normal.value, content.value);
    return written.ok ? ok({ bytes: piece.size }) : written;
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

  module({ name, from }: { readonly name: string; readonly from?: string | undefined }) {
    return findModule(name, from ?? this.#procedureFile, this.#readText);
  }

  program(params: { readonly name: string; readonly from: string }) {
    return findProgram({ ...params, rootName: this.#rootName }, this.#readText);
  }

  async changes() {
    return this.#store.changes();
  }

  readonly #readText = async (path: string): Promise<Result<string, FileRefusal>> => {
    const normal = normalPath(path);
    if (!normal.ok) return normal;
    const file = await this.#store.read(normal.value, { offset: 0, length: maximumFileBytes + 1 });
    return file.ok ? textOf(path, file.value.bytes) : file;
  };
}

function textOf(path: string, bytes: Buffer): Result<string, FileRefusal> {
  if (bytes.length > maximumFileBytes) return denied(path, `it has more than ${maximumFileBytes} bytes.`);
  try {
    return ok(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return denied(path, "it is not UTF-8 text.");
  }
}
