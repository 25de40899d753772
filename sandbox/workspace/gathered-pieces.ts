import { ok, type Result } from "#common/result.ts";
import { denied, type FileRefusal } from "./workspace.ts";

interface Piece {
  readonly offset: number;
  readonly base64: string;
  readonly size: number;
}

/**
 * The new content of one file, until all its pieces are there: a file is replaced as a whole, so that nobody sees half
 * of it. There is one at a time, and a new one drops what was begun.
 */
export class GatheredPieces {
  #path: string | undefined;
  #content = Buffer.alloc(0);
  #filled = 0;

  /** The whole content with its last piece; undefined before. */
  add(path: string, { offset, base64, size }: Piece): Result<Buffer | undefined, FileRefusal> {
    if (offset === 0) this.#begin(path, size);
    const bytes = Buffer.from(base64, "base64");
    const fits = path === this.#path && offset === this.#filled && size === this.#content.length;
    if (!fits || offset + bytes.length > size) return denied(path, "its pieces do not fit together.");
    bytes.copy(this.#content, offset);
    this.#filled += bytes.length;
    if (this.#filled < size) return ok(undefined);
    this.#path = undefined;
    return ok(this.#content);
  }

  #begin(path: string, size: number): void {
    this.#path = path;
    this.#content = Buffer.alloc(size);
    this.#filled = 0;
  }
}
