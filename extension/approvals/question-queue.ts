interface Turn {
  readonly start: (signal: AbortSignal) => Promise<void>;
  readonly signal: AbortSignal;
}

/**
 * Questions one at a time: two at once would hide each other, and an answer could reach the wrong one. A question
 * whose signal is aborted while it waits is never shown.
 */
export class QuestionQueue {
  #waiting: Turn[] = [];
  #current: AbortController | undefined;

  /**
   * Shows when it is its turn. Undefined when nobody waits for the answer any more, or when another question had to
   * be shown instead.
   */
  ask<Answer>(
    show: (signal: AbortSignal) => Promise<Answer | undefined>,
    signal: AbortSignal,
  ): Promise<Answer | undefined> {
    return this.#enter(show, signal, (turn) => this.#waiting.push(turn));
  }

  /** Shows now, instead of what is shown. */
  askFirst<Answer>(
    show: (signal: AbortSignal) => Promise<Answer | undefined>,
    signal: AbortSignal,
  ): Promise<Answer | undefined> {
    const answer = this.#enter(show, signal, (turn) => this.#waiting.unshift(turn));
    this.#current?.abort();
    return answer;
  }

  #enter<Answer>(
    show: (signal: AbortSignal) => Promise<Answer | undefined>,
    signal: AbortSignal,
    enqueue: (turn: Turn) => void,
  ): Promise<Answer | undefined> {
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => resolve(undefined), { once: true });
      if (signal.aborted) resolve(undefined);
      enqueue({ signal, start: (shown) => show(shown).then(resolve, reject) });
      queueMicrotask(() => this.#next());
    });
  }

  #next(): void {
    if (this.#current) return;
    const turn = this.#waiting.shift();
    if (!turn) return;
    if (turn.signal.aborted) {
      this.#next();
      return;
    }
    const current = new AbortController();
    this.#current = current;
    void turn.start(AbortSignal.any([turn.signal, current.signal])).finally(() => {
      this.#current = undefined;
      this.#next();
    });
  }
}
