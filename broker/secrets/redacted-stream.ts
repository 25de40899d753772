import type { Redactor } from "./redactor.ts";

/**
 * Redacts a text that arrives in pieces: holds back an end that may be the start of a secret until the next piece
 * tells. What is held is never longer than the longest form of a secret or the longest word.
 */
export class RedactedStream {
  readonly #redactor: Redactor;
  #held = "";

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** Takes a piece and gives what may be shown by now. */
  push(piece: string): string {
    const { ready, held } = this.#redactor.split(this.#held + piece);
    this.#held = held;
    return ready;
  }

  /** The rest, when no more pieces come. */
  end(): string {
    const rest = this.#redactor.text(this.#held);
    this.#held = "";
    return rest;
  }
}
