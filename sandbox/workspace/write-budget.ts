import { denied, type FileRefusal, maximumFileBytes } from "./workspace.ts";

/** Bytes that one run may write in all, and what even an empty file costs: a block on the disk. */
const totalBytes = 256 * 1024 * 1024;
const blockBytes = 4096;

/** What a run may still write, so that a loop can't fill the person's disk. */
export class WriteBudget {
  #left = totalBytes;

  /** Takes the bytes of one write; the refusal when that is too much for one file or for the run. */
  take(
    path: string,
    bytes: number,
    most: number = maximumFileBytes,
  ): { ok: false; error: FileRefusal } | undefined {
    if (bytes > most) return denied(path, `it would have more than ${most} bytes.`);
    this.#left -= Math.max(bytes, blockBytes);
    return this.#left < 0 ? denied(path, `the run has written its ${totalBytes} bytes.`) : undefined;
  }
}
