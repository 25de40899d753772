import { RequestRefused, type RuntimePorts } from "../ports.ts";
import { ProcedureFailure } from "../vm/procedure-failure.ts";
import { insidePath } from "./inside-path.ts";

/** Bytes of one piece of a file: with base64 around them they fit into a frame. */
const pieceBytes = 1.5 * 1024 * 1024;

export interface FolderEntry {
  /** Relative to the folder of the procedure. */
  readonly path: string;
  readonly directory: boolean;
}

/** Files seen from the folder of a procedure, of any size that the host allows; nothing above that folder. */
export class WorkspaceFiles {
  readonly #ports: Pick<RuntimePorts, "request">;
  readonly #folder: string;

  /** `file`: the procedure's own. */
  constructor(ports: Pick<RuntimePorts, "request">, file: string) {
    this.#ports = ports;
    this.#folder = file.slice(0, file.lastIndexOf("/") + 1);
  }

  /** Throws RequestRefused, ProcedureFailure. */
  readBytes(path: string): Uint8Array {
    const place = this.#place(path);
    const pieces: Buffer[] = [];
    for (let offset = 0; ; ) {
      const { base64, size } = this.#ports.request("file.readBytes", { path: place, offset });
      const piece = Buffer.from(base64, "base64");
      pieces.push(piece);
      offset += piece.length;
      // A file that another program cuts meanwhile ends early.
      if (offset >= size || piece.length === 0) return Buffer.concat(pieces);
    }
  }

  /** As `readBytes`; undefined when there is no such file. */
  readIfThere(path: string): Uint8Array | undefined {
    return this.exists(path) ? this.readBytes(path) : undefined;
  }

  readText(path: string): string {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(this.readBytes(path));
    } catch (thrown) {
      if (!(thrown instanceof TypeError)) throw thrown;
      throw new ProcedureFailure("file-unreadable", `${path} is not UTF-8 text.`);
    }
  }

  writeBytes(path: string, content: Uint8Array): void {
    const place = this.#place(path);
    const size = content.length;
    let offset = 0;
    do {
      const piece = content.subarray(offset, offset + pieceBytes);
      const base64 = Buffer.from(piece).toString("base64");
      this.#ports.request("file.writeBytes", { path: place, offset, base64, size });
      offset += piece.length;
    } while (offset < size);
  }

  writeText(path: string, text: string): void {
    this.writeBytes(path, new TextEncoder().encode(text));
  }

  /** False also for a path that is refused. */
  exists(path: string): boolean {
    try {
      return this.#ports.request("file.status", { path: this.#place(path) }).exists;
    } catch (thrown) {
      if (isDenied(thrown)) return false;
      throw thrown;
    }
  }

  /** What lies directly in a folder (`""` or `.`: the procedure's own). */
  list(folder: string): readonly FolderEntry[] {
    const inside = folder === "" || folder === "." ? "" : insidePath(folder);
    const { entries } = this.#ports.request("file.list", { path: `${this.#folder}${inside}` });
    const prefix = inside === "" ? "" : `${inside}/`;
    return entries.map(({ name, directory }) => ({ path: `${prefix}${name}`, directory }));
  }

  #place(path: string): string {
    return `${this.#folder}${insidePath(path)}`;
  }
}

function isDenied(thrown: unknown): boolean {
  return (
    (thrown instanceof ProcedureFailure || thrown instanceof RequestRefused) &&
    (thrown.code === "file-denied" || thrown.code === "file-not-found")
  );
}
