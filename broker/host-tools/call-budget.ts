const minute = 60_000;

/** Counts calls within the last minute and within the run. */
export class CallBudget {
  readonly #callsPerMinute: number;
  #callsLeft: number;
  #calls: number[] = [];

  constructor(limits: { readonly callsPerMinute: number; readonly callsPerRun: number }) {
    this.#callsPerMinute = limits.callsPerMinute;
    this.#callsLeft = limits.callsPerRun;
  }

  /** Takes one call; without one left it says why. */
  take(): "taken" | "minute" | "run" {
    if (this.#callsLeft <= 0) return "run";
    const now = performance.now();
    this.#calls = this.#calls.filter((time) => time > now - minute);
    if (this.#calls.length >= this.#callsPerMinute) return "minute";
    this.#callsLeft -= 1;
    this.#calls.push(now);
    return "taken";
  }
}
