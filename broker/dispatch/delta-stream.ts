import type { RunEventBody } from "#protocol/events/events.ts";
import { RedactedStream } from "../secrets/redacted-stream.ts";
import type { Redactor } from "../secrets/redactor.ts";

/** Milliseconds for which pieces are gathered: as often as an eye can follow, not as often as a model sends. */
const gatherMilliseconds = 50;

/** Characters at which gathered text is sent without waiting. */
const fullCharacters = 4096;

/** Characters of one request that are streamed; the whole text is in the answer anyway. */
const maximumCharacters = 1024 * 1024;

export interface DeltaStreamOptions {
  readonly turn: number;
  readonly redactor: Redactor;
  readonly emit: (event: RunEventBody) => void;
}

/** Makes few `turn.delta` events of a model's many pieces of text. */
export class DeltaStream {
  readonly #options: DeltaStreamOptions;
  readonly #redacted: RedactedStream;
  #gathered = "";
  #characters = 0;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;

  constructor(options: DeltaStreamOptions) {
    this.#options = options;
    this.#redacted = new RedactedStream(options.redactor);
  }

  push(text: string): void {
    if (this.#ended) return;
    const kept = text.slice(0, maximumCharacters - this.#characters);
    this.#characters += kept.length;
    this.#gathered += this.#redacted.push(kept);
    if (this.#gathered.length >= fullCharacters) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), gatherMilliseconds);
  }

  /** Sends the rest; what comes later is dropped. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#gathered += this.#redacted.end();
    this.#flush();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { turn, emit } = this.#options;
    for (let start = 0; start < this.#gathered.length; start += fullCharacters) {
      emit({ type: "turn.delta", turn, text: this.#gathered.slice(start, start + fullCharacters) });
    }
    this.#gathered = "";
  }
}
