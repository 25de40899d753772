import type { Readable } from "node:stream";

/** Milliseconds of work for one piece that nobody notices. */
const unnoticedMilliseconds = 20;

/**
 * Reads from a sandbox no faster than its host can take: after a piece that was much work, it is left alone for as long
 * as that work took. So one run has at most half of the time, however large and tangled its messages are; the rest
 * belongs to the editor and to other runs.
 */
export class ReadingPace {
  readonly #stream: Readable;
  #pausing: NodeJS.Timeout | undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
  }

  /** Does the work for one piece. */
  work(act: () => void): void {
    const startedAt = performance.now();
    act();
    const spent = performance.now() - startedAt;
    if (spent < unnoticedMilliseconds || this.#stream.isPaused()) return;
    this.#stream.pause();
    this.#pausing = setTimeout(() => this.#stream.resume(), spent);
  }

  /** Nothing more is read. */
  stop(): void {
    clearTimeout(this.#pausing);
    this.#stream.pause();
  }
}
