import type { Result } from "#common/result.ts";
import type { IsolationUnavailable, SandboxPolicy, SandboxProcess } from "../isolation.ts";
import type { PoolableIsolation } from "./poolable-isolation.ts";

/** A sandbox that was started ahead and waits for its run: taken once, or ended. */
export class WaitingSandbox {
  /** What it was started under. */
  readonly policy: SandboxPolicy;
  readonly #start: Promise<Result<SandboxProcess, IsolationUnavailable>>;
  readonly #end = new AbortController();
  #idle: NodeJS.Timeout | undefined;
  #isStarted = false;

  /** `onGone`: it could not be started, or has ended while it waited. */
  constructor(isolation: PoolableIsolation, policy: SandboxPolicy, onGone: () => void) {
    this.policy = policy;
    this.#start = isolation.launchAhead(policy, this.#end.signal);
    void this.#watch(onGone);
  }

  /** Whether it waits already; else it is on its way. */
  get isStarted(): boolean {
    return this.#isStarted;
  }

  /** Lets it wait so many seconds from now on; then `onIdle` is called. */
  keepFor(seconds: number, onIdle: () => void): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(onIdle, seconds * 1000);
    this.#idle.unref();
  }

  /** Hands it out, when it has started. It must not be given to anybody else. */
  take(): Promise<Result<SandboxProcess, IsolationUnavailable>> {
    clearTimeout(this.#idle);
    return this.#start;
  }

  /** Ends it; resolves when it is gone, or when the engine can't tell: then the reaper of a later start removes it. */
  async end(): Promise<void> {
    clearTimeout(this.#idle);
    this.#end.abort();
    const started = await this.#start;
    if (started.ok) await started.value.kill().catch(() => undefined);
  }

  async #watch(onGone: () => void): Promise<void> {
    const started = await this.#start;
    this.#isStarted = started.ok;
    if (started.ok) await started.value.exited;
    onGone();
  }
}
