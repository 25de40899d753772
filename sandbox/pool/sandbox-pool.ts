import { randomUUID } from "node:crypto";
import { fail, ok, type Result } from "#common/result.ts";
import type {
  Isolation,
  IsolationFacts,
  IsolationName,
  IsolationUnavailable,
  SandboxPolicy,
  SandboxProcess,
} from "../isolation.ts";
import { killWhenDue } from "../kill-when-due.ts";
import { startCancelled } from "../start-cancelled.ts";
import type { PoolableIsolation } from "./poolable-isolation.ts";
import { fitsSameSandbox, isPoolable, longestRunSeconds } from "./pooled-policy.ts";
import { WaitingSandbox } from "./waiting-sandbox.ts";

export interface PoolOptions {
  /** How many sandboxes wait at most. */
  readonly size: number;
  /** How long one waits for a run before it is ended. */
  readonly idleSeconds: number;
  /** What runs demand before any has been seen. */
  readonly usual: SandboxPolicy;
}

/**
 * An isolation that starts sandboxes ahead of their runs. A run gets one that waits when its settings are those that the
 * run's policy demands, verified once more; else it starts its own, as without a pool. Each serves one run. They hold
 * nothing but the runtime: what a run works on comes over its pipe. They end with this process, as every sandbox does,
 * and are in the reaper's lists.
 */
export class SandboxPool implements Isolation {
  readonly name: IsolationName;
  readonly #isolation: PoolableIsolation;
  readonly #options: PoolOptions;
  readonly #waiting = new Set<WaitingSandbox>();
  /** Ends that are under way. */
  readonly #ending = new Set<Promise<void>>();
  #usual: SandboxPolicy;
  #isDisposed = false;

  constructor(isolation: PoolableIsolation, options: PoolOptions) {
    this.name = isolation.name;
    this.#isolation = isolation;
    this.#options = options;
    this.#usual = options.usual;
  }

  check(): Promise<Result<void, IsolationUnavailable>> {
    return this.#isolation.check();
  }

  describe(): Promise<Result<IsolationFacts, IsolationUnavailable>> {
    return this.#isolation.describe();
  }

  /**
   * Sees to it that sandboxes wait for runs like the last one that could have had one. Those that wait already stay for another while, others make room. What can't be started is nobody's
   * problem here: a run then starts its own and tells why that fails.
   */
  prepare(): void {
    if (this.#isDisposed) return;
    const unfit = [...this.#waiting].filter((each) => !fitsSameSandbox(each.policy, this.#usual));
    for (const each of unfit) void this.#end(each);
    for (const each of this.#waiting) this.#keep(each);
    while (this.#waiting.size < this.#options.size) this.#start();
  }

  async launch(
    policy: SandboxPolicy,
    signal: AbortSignal,
    whileStarting?: () => void,
  ): Promise<Result<SandboxProcess, IsolationUnavailable>> {
    const waiting = this.#take(policy);
    if (!waiting) return this.#isolation.launch(policy, signal, whileStarting);
    whileStarting?.();
    const sandbox = await this.#handOut(waiting, policy, signal);
    if (sandbox) return ok(sandbox);
    if (signal.aborted) return fail(startCancelled);
    // What was to be done meanwhile is done: it is not asked for a second time.
    return this.#isolation.launch(policy, signal);
  }

  /** Ends what waits; resolves when it is gone. What was handed out belongs to its run. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    for (const each of this.#waiting) void this.#end(each);
    await Promise.all(this.#ending);
  }

  #start(): void {
    const demanded: SandboxPolicy = {
      ...this.#usual,
      run: `pool-${randomUUID()}`,
      timeSeconds: longestRunSeconds + this.#options.idleSeconds,
    };
    const waiting = new WaitingSandbox(this.#isolation, demanded, () => this.#waiting.delete(waiting));
    this.#waiting.add(waiting);
    this.#keep(waiting);
  }

  #keep(waiting: WaitingSandbox): void {
    waiting.keepFor(this.#options.idleSeconds, () => void this.#end(waiting));
  }

  #end(waiting: WaitingSandbox): Promise<void> {
    this.#waiting.delete(waiting);
    const ending = waiting.end().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
    return ending;
  }

  /** One that fits, out of the pool: one that waits already before one that is on its way. */
  #take(policy: SandboxPolicy): WaitingSandbox | undefined {
    if (!isPoolable(policy)) return undefined;
    this.#usual = policy;
    const fitting = [...this.#waiting].filter((each) => fitsSameSandbox(each.policy, policy));
    const waiting = fitting.find(({ isStarted }) => isStarted) ?? fitting[0];
    if (waiting) this.#waiting.delete(waiting);
    return waiting;
  }

  /** The sandbox of one that waited; undefined when it is not what it should be, and then it is ended. */
  async #handOut(
    waiting: WaitingSandbox,
    policy: SandboxPolicy,
    signal: AbortSignal,
  ): Promise<SandboxProcess | undefined> {
    const cancel = () => void this.#end(waiting);
    signal.addEventListener("abort", cancel, { once: true });
    const started = await waiting.take();
    const isVerified = started.ok && (await this.#isolation.verify(started.value, waiting.policy)).ok;
    signal.removeEventListener("abort", cancel);
    if (started.ok && isVerified && !signal.aborted) {
      killWhenDue(started.value, policy.timeSeconds, signal);
      return pooled(started.value, waiting.policy.run);
    }
    const ended = this.#end(waiting);
    if (signal.aborted) await ended;
    return undefined;
  }
}

/** The sandbox, with the name that its labels carry in place of the run. */
function pooled(sandbox: SandboxProcess, label: string): SandboxProcess {
  const { id, input, output, errorText, exited } = sandbox;
  return { id, input, output, errorText, exited, kill: () => sandbox.kill(), pooledAs: label };
}
