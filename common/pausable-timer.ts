/** Milliseconds that a timer of the system can hold at most. */
const longestTimer = 2 ** 31 - 1;

/** A timer that can be held: what passes meanwhile does not count. */
export class PausableTimer {
  readonly #due: () => void;
  #leftMilliseconds: number;
  #runningSince: number | undefined;
  #cleared = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Runs from now on. */
  constructor(milliseconds: number, due: () => void) {
    this.#leftMilliseconds = milliseconds;
    this.#due = due;
    this.resume();
  }

  pause(): void {
    if (this.#runningSince === undefined) return;
    this.#leftMilliseconds -= performance.now() - this.#runningSince;
    this.#runningSince = undefined;
    clearTimeout(this.#timer);
  }

  resume(): void {
    if (this.#runningSince !== undefined || this.#cleared) return;
    this.#runningSince = performance.now();
    this.#timer = setTimeout(this.#due, Math.min(Math.max(0, this.#leftMilliseconds), longestTimer));
  }

  /** Stops it for good. */
  clear(): void {
    this.#cleared = true;
    clearTimeout(this.#timer);
  }
}
