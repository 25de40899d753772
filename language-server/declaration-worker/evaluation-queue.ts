import type { DeclarationEvaluator } from "#language/declarations/declaration-evaluator.ts";
import {
  type EvaluatedDeclarations,
  type EvaluationRequest,
  unevaluated,
} from "#language/declarations/evaluated-declarations.ts";
import type { EvaluationOrder, WorkerReport } from "./evaluation-messages.ts";
import { LatestEvaluations } from "./latest-evaluations.ts";

/** A thread that runs the worker's body. */
export interface WorkerThread {
  send(order: EvaluationOrder): void;
  /** Ends it at once, whatever it does. */
  end(): void;
  /** Whether the process is kept alive by it. */
  keepAlive(isNeeded: boolean): void;
}

/** What the thread tells its starter. */
export interface ThreadEvents {
  report(report: WorkerReport): void;
  /** It has ended on its own, or could not start. */
  failed(reason: "memory" | "unavailable", message: string): void;
}

export interface QueueOptions {
  /** May throw when there can be no worker. */
  readonly start: (events: ThreadEvents) => WorkerThread;
  /** Milliseconds of one evaluation, after which it ends with what it has. Default 1000. */
  readonly milliseconds?: number;
}

interface Job {
  readonly id: number;
  readonly request: EvaluationRequest;
  readonly resolve: (evaluated: EvaluatedDeclarations) => void;
  readonly reject: (reason: unknown) => void;
}

/** What an evaluation does that ends between two checks (one call of a library function) is given this much longer. */
const graceMilliseconds = 500;

/** How long a new thread may take until it listens. */
const startMilliseconds = 15_000;

const stopReasons: ReadonlySet<string | undefined> = new Set(["deadline", "instructions", "memory", "size"]);

/** One evaluation at a time on one thread, which is started when it is first needed and again after it was ended. */
export class EvaluationQueue implements DeclarationEvaluator {
  readonly #start: QueueOptions["start"];
  readonly #milliseconds: number;
  readonly #waiting: Job[] = [];
  readonly #latest = new LatestEvaluations();
  #running: Job | undefined;
  #thread: WorkerThread | undefined;
  #isReady = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #jobs = 0;
  #isDisposed = false;

  constructor({ start, milliseconds = 1000 }: QueueOptions) {
    this.#start = start;
    this.#milliseconds = milliseconds;
  }

  evaluate(request: EvaluationRequest, signal?: AbortSignal): Promise<EvaluatedDeclarations> {
    return new Promise((resolve, reject) => {
      if (this.#isDisposed || signal?.aborted) {
        reject(aborted("The evaluation was cancelled."));
        return;
      }
      const known = this.#latest.find(request);
      this.#dropOlder(request.slot);
      if (known) {
        resolve(known);
        return;
      }
      const cancel = (): void => this.#cancel(job);
      const settle = <Value>(by: (value: Value) => void, value: Value): void => {
        // The signal may live as long as the process, and would keep every text that was evaluated.
        signal?.removeEventListener("abort", cancel);
        by(value);
      };
      const job: Job = {
        id: ++this.#jobs,
        request,
        resolve: (evaluated) => settle(resolve, evaluated),
        reject: (reason) => settle(reject, reason),
      };
      signal?.addEventListener("abort", cancel, { once: true });
      this.#waiting.push(job);
      this.#next();
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#endThread();
    const jobs = [...(this.#running ? [this.#running] : []), ...this.#waiting.splice(0)];
    this.#running = undefined;
    for (const { reject } of jobs) reject(aborted("The evaluator was ended."));
  }

  #dropOlder(slot: string | undefined): void {
    if (slot === undefined) return;
    const index = this.#waiting.findIndex(({ request }) => request.slot === slot);
    if (index !== -1) this.#waiting.splice(index, 1)[0]?.reject(aborted("A newer request came."));
  }

  /** What runs goes on, since ending the thread would cost more; nobody waits for it. */
  #cancel(job: Job): void {
    const index = this.#waiting.indexOf(job);
    if (index !== -1) this.#waiting.splice(index, 1);
    job.reject(aborted("The evaluation was cancelled."));
  }

  #next(): void {
    if (this.#running) return;
    this.#running = this.#waiting.shift();
    if (!this.#running) {
      this.#thread?.keepAlive(false);
      return;
    }
    const thread = this.#thread ?? this.#startThread();
    if (!thread) return;
    this.#await(this.#isReady ? this.#milliseconds + graceMilliseconds : startMilliseconds);
    thread.keepAlive(true);
    thread.send({ id: this.#running.id, request: this.#running.request, milliseconds: this.#milliseconds });
  }

  #startThread(): WorkerThread | undefined {
    // A thread that was ended has nothing to say any more.
    const isCurrent = (): boolean => this.#thread === thread;
    let thread: WorkerThread | undefined;
    try {
      thread = this.#start({
        report: (report) => {
          if (isCurrent()) this.#take(report);
        },
        failed: (reason, message) => {
          if (isCurrent()) this.#fail(reason, message);
        },
      });
      this.#thread = thread;
    } catch (error) {
      this.#fail("unavailable", `There is no worker to evaluate the declarations in: ${String(error)}`);
    }
    return thread;
  }

  #take(report: WorkerReport): void {
    if (report.kind === "ready") {
      this.#isReady = true;
      if (this.#running) this.#await(this.#milliseconds + graceMilliseconds);
    } else if (report.id === this.#running?.id) {
      // The garbage of a file that was stopped could use up the heap under the next one.
      if (stopReasons.has(report.evaluated.problem?.reason)) this.#endThread();
      this.#settle(report.evaluated);
    }
  }

  #await(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#fail("deadline", "The declarations compute for too long: the evaluation was ended.");
    }, milliseconds);
  }

  #fail(reason: "memory" | "unavailable" | "deadline", message: string): void {
    this.#endThread();
    this.#settle(unevaluated(reason, message));
  }

  #settle(evaluated: EvaluatedDeclarations): void {
    clearTimeout(this.#timer);
    const job = this.#running;
    this.#running = undefined;
    if (job) this.#latest.add(job.request, evaluated);
    job?.resolve(evaluated);
    this.#next();
  }

  #endThread(): void {
    clearTimeout(this.#timer);
    const thread = this.#thread;
    this.#thread = undefined;
    this.#isReady = false;
    thread?.end();
  }
}

function aborted(message: string): DOMException {
  return new DOMException(message, "AbortError");
}
