import { setTimeout as sleep } from "node:timers/promises";

/**
 * Lets through so many a second on average, twice as many in a burst; the rest waits its turn. Waiting instead of
 * refusing keeps an honest procedure's result the same however fast its machine is.
 */
export class RateLimit {
  readonly #perSecond: number;
  #available: number;
  #updated = performance.now();

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#available = perSecond * 2;
  }

  /** Resolves when the next one may pass. Rejects when the signal is aborted. */
  async take(signal: AbortSignal): Promise<void> {
    this.#refill();
    this.#available -= 1;
    if (this.#available >= 0) return;
    await sleep((-this.#available / this.#perSecond) * 1000, undefined, { signal });
  }

  #refill(): void {
    const now = performance.now();
    const gained = ((now - this.#updated) / 1000) * this.#perSecond;
    this.#available = Math.min(this.#perSecond * 2, this.#available + gained);
    this.#updated = now;
  }
}
