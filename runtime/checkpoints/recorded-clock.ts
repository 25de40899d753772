/**
 * Times as the journal keeps them: milliseconds since the time before, and `-n` for n repetitions of it. A loop that
 * looks at the clock a million times within a second leaves some two thousand numbers.
 */
export class ClockLog {
  #times: number[] = [];
  #last: number;

  constructor(start: number) {
    this.#last = start;
  }

  get length(): number {
    return this.#times.length;
  }

  /** The time that was read last. */
  get last(): number {
    return this.#last;
  }

  /** Keeps a time; never before the one above it. */
  add(time: number): number {
    const passed = Math.max(0, time - this.#last);
    const previous = this.#times.at(-1);
    if (passed > 0 || previous === undefined) this.#times.push(passed);
    else if (previous < 0) this.#times[this.#times.length - 1] = previous - 1;
    else this.#times.push(-1);
    this.#last += passed;
    return this.#last;
  }

  /** Takes the log so far out, for the entry that ends it. */
  take(): readonly number[] | undefined {
    if (this.#times.length === 0) return undefined;
    const times = this.#times;
    this.#times = [];
    return times;
  }
}

/** Reads the times of one entry again. */
export class ClockReader {
  readonly #times: readonly number[];
  #position = 0;
  #repeated = 0;

  constructor(times: readonly number[] = []) {
    this.#times = times;
  }

  /** The next time, given the one before; undefined when there are no more. */
  next(last: number): number | undefined {
    const entry = this.#times[this.#position];
    if (entry === undefined) return undefined;
    if (entry >= 0) {
      this.#position++;
      return last + entry;
    }
    this.#repeated++;
    if (this.#repeated >= -entry) {
      this.#position++;
      this.#repeated = 0;
    }
    return last;
  }

  /** The time after all that are left. */
  end(last: number): number {
    return this.#times.slice(this.#position).reduce((time, entry) => time + Math.max(0, entry), last);
  }
}
