import { ModelFailure } from "./model-failure.ts";

export interface WatchdogOptions {
  /** The run's own end. */
  readonly signal: AbortSignal;
  /** Seconds without a byte from the provider, while a request is under way. */
  readonly stallSeconds: number;
  /** Seconds of the whole request, its retries and their pauses included. */
  readonly timeoutSeconds: number;
}

/** Ends a request that takes too long or in which nothing moves. `signal` is aborted with a ModelFailure as its reason. */
export class Watchdog {
  readonly signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #options: WatchdogOptions;
  readonly #timeout: NodeJS.Timeout;
  #stall: NodeJS.Timeout | undefined;

  constructor(options: WatchdogOptions) {
    this.#options = options;
    this.signal = this.#controller.signal;
    this.#timeout = setTimeout(() => this.#timedOut(), options.timeoutSeconds * 1000);
    options.signal.addEventListener("abort", this.#cancelled, { once: true });
    if (options.signal.aborted) this.#cancelled();
  }

  /** Something moved: the time until a stall starts anew. */
  touch(): void {
    clearTimeout(this.#stall);
    this.#stall = setTimeout(() => this.#stalled(), this.#options.stallSeconds * 1000);
  }

  /** Nothing is expected from the provider (the pause before a retry, the end of an answer). */
  rest(): void {
    clearTimeout(this.#stall);
  }

  dispose(): void {
    clearTimeout(this.#timeout);
    clearTimeout(this.#stall);
    this.#options.signal.removeEventListener("abort", this.#cancelled);
  }

  readonly #cancelled = (): void => {
    this.#controller.abort(new ModelFailure("cancelled", "the run was cancelled."));
  };

  #timedOut(): void {
    const { timeoutSeconds } = this.#options;
    const message = `no complete answer within ${timeoutSeconds} s. Give the agent a longer timeout, or a shorter task.`;
    this.#controller.abort(new ModelFailure("model-timeout", message));
  }

  #stalled(): void {
    const { stallSeconds } = this.#options;
    const message = `the answer stalled: nothing came for ${stallSeconds} s. Try again; if it repeats, look at the provider's status page.`;
    this.#controller.abort(new ModelFailure("model-stalled", message));
  }
}
