const minute = 60_000;

/** Counts calls within the last minute. */
export class CallBudget {
  readonly #callsPerMinute: number;
  #calls: number[] = [];

  constructor(callsPerMinute: number) {
    this.#callsPerMinute = callsPerMinute;
  }

  /** Takes one call, or says that there are none left for now. */
  take(): boolean {
    const now = performance.now();
    this.#calls = this.#calls.filter((time) => time > now - minute);
    if (this.#calls.length >= this.#callsPerMinute) return false;
    this.#calls.push(now);
    return true;
  }
}
