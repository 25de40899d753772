import type { Refusal } from "#broker/services.ts";
import { ok, type Result } from "#common/result.ts";
import { noUsage, type RunEvent, type RunEventOf, type RunFailure } from "#protocol/events/events.ts";
import type { CaseWork, DeclaredCases, NextCase, PlannedCases } from "#protocol/wire/cases.ts";
import type { CaseReport, CaseResult } from "#runs/cases/case-result.ts";
import type { PlanCases, PlannedFile } from "#runs/cases/planned-cases.ts";
import type { CaseServices, RunServices } from "#runs/session/broker-services.ts";
import type { Plan } from "#runs/session/plan.ts";
import type { RunHandle, StartProblem } from "#runs/session/session.ts";
import { startRun } from "#runs/session/start-run.ts";

export interface FileCasesOptions<Planned> {
  readonly plan: Plan;
  readonly work: CaseWork;
  readonly services: RunServices;
  readonly planCases: PlanCases<Planned>;
  /** How often each case is run. */
  readonly repeat: number;
  /** How many cases the file has, as far as its text tells; the number is known when a sandbox has declared them. */
  readonly guess: number;
  /** How many cases are worth a sandbox of their own. */
  readonly casesPerSandbox: number;
  readonly onReport?: ((planned: Planned, report: CaseReport) => void) | undefined;
}

type Planning<Planned> = Awaited<ReturnType<PlanCases<Planned>>>;

/** Seconds that a sandbox may be late in ending a case by itself. */
const graceSeconds = 5;

/**
 * The cases of one file, handed out one by one to the sandboxes that work on them. A sandbox that is lost takes its
 * one case with it; another goes on with the rest.
 */
export class FileCases<Planned> {
  readonly #options: FileCasesOptions<Planned>;
  #planning: Promise<Planning<Planned>> | undefined;
  #plannedFile: PlannedFile<Planned> | undefined;
  readonly #results: { planned: Planned; report: CaseReport | undefined }[] = [];
  #next = 0;
  #running = 0;
  #problem: RunFailure | undefined;
  readonly #runIds: string[] = [];
  readonly #settled = Promise.withResolvers<void>();

  constructor(options: FileCasesOptions<Planned>) {
    this.#options = options;
  }

  get file(): string {
    return this.#options.plan.file;
  }

  /** Why the file could not be tested, if it could not. */
  get problem(): RunFailure | undefined {
    return this.#problem;
  }

  get results(): readonly CaseResult<Planned>[] {
    return this.#results;
  }

  /** The runs whose journals hold what happened. */
  get runs(): readonly string[] {
    return this.#runIds;
  }

  /** Sandboxes that work on it now. */
  get running(): number {
    return this.#running;
  }

  /** Whether a further sandbox would find something to do. */
  get wantsSandbox(): boolean {
    if (this.#problem || (this.#plannedFile && this.#next >= this.#results.length)) return false;
    const cases = this.#plannedFile ? this.#results.length - this.#next : this.#options.guess;
    return this.#running < Math.max(1, Math.ceil(cases / this.#options.casesPerSandbox));
  }

  /** Settles when it is known what there is to do; undefined when that is known, or nobody finds it out. */
  get planning(): Promise<unknown> | undefined {
    return this.#running > 0 && !this.#plannedFile && !this.#problem ? this.#settled.promise : undefined;
  }

  /** Starts a sandbox and serves it until there is no case left or it ends. The failure means that none can be had. */
  async work(signal: AbortSignal): Promise<Result<void, StartProblem>> {
    this.#running += 1;
    try {
      const sandbox = new SandboxAtWork(this);
      const services = { ...this.#options.services, cases: sandbox.services };
      const started = await startRun(this.#options.plan, services);
      if (!started.ok) return started;
      this.#runIds.push(started.value.id);
      await sandbox.follow(started.value, signal);
      return ok(undefined);
    } finally {
      this.#running -= 1;
      this.#settled.resolve();
    }
  }

  /** What each sandbox is told to do. */
  get caseWork(): CaseWork {
    return this.#options.work;
  }

  /** The first sandbox tells what the file declares; the others would tell the same. */
  async declare(declared: DeclaredCases): Promise<Result<PlannedCases, Refusal>> {
    this.#planning ??= this.#plan(declared);
    const planned = await this.#planning;
    this.#settled.resolve();
    if (!planned.ok) return planned;
    const { evaluators } = planned.value;
    return ok({ cases: this.#results.length, evaluators: [...evaluators] });
  }

  async #plan(declared: DeclaredCases): Promise<Planning<Planned>> {
    const { planCases, repeat } = this.#options;
    const planned = await planCases(declared);
    if (!planned.ok) {
      const { code, message, line } = planned.error;
      this.#problem ??= { code, message, file: this.file, ...(line !== undefined && { line }) };
      return planned;
    }
    this.#plannedFile = planned.value;
    for (const each of planned.value.cases) {
      for (let time = 0; time < repeat; time++)
        this.#results.push({ planned: each.planned, report: undefined });
    }
    return planned;
  }

  /** Hands out the next case, numbered from 1. */
  take(): NextCase {
    for (;;) {
      const index = this.#next;
      const each = this.#plannedFile?.cases[Math.floor(index / this.#options.repeat)];
      if (!each) return { next: null };
      this.#next += 1;
      if (!each.isSkipped) return { next: each.toCase(index + 1) };
    }
  }

  finish(report: CaseReport): void {
    const result = this.#results[report.case - 1];
    if (!result || result.report) return;
    result.report = report;
    this.#options.onReport?.(result.planned, report);
  }

  /** A sandbox ended while `inFlight` ran, or before it took any. */
  lose(
    inFlight: { readonly case: number; readonly name: string } | undefined,
    end: RunEventOf<"run.finished">,
  ): void {
    const error = end.error ?? { code: "sandbox-lost", message: "The sandbox ended before the case did." };
    if (!inFlight) {
      this.#problem ??= { file: this.file, ...error };
      return;
    }
    const nothing = { durationMs: 0, iterations: 0, usage: noUsage };
    this.finish({ ...inFlight, ...nothing, status: "failed", error });
  }
}

/** One sandbox at work on a file's cases: knows which case it has, and ends it when that takes too long. */
class SandboxAtWork<Planned> {
  readonly #file: FileCases<Planned>;
  #inFlight: { readonly case: number; readonly name: string } | undefined;
  #taken = 0;
  #timer: NodeJS.Timeout | undefined;
  #handle: RunHandle | undefined;

  constructor(file: FileCases<Planned>) {
    this.#file = file;
  }

  get services(): CaseServices {
    return {
      work: this.#file.caseWork,
      declare: (declared) => this.#file.declare(declared),
      next: async () => ok(this.#take()),
    };
  }

  /** Serves it to its end. */
  async follow(handle: RunHandle, signal: AbortSignal): Promise<void> {
    this.#handle = handle;
    const cancel = (): void => handle.cancel();
    if (signal.aborted) cancel();
    signal.addEventListener("abort", cancel, { once: true });
    handle.onEvent((event) => this.#notice(event));
    const end = await handle.finished;
    signal.removeEventListener("abort", cancel);
    clearTimeout(this.#timer);
    const isLost = this.#inFlight !== undefined || (this.#taken === 0 && end.status !== "completed");
    if (isLost && !signal.aborted) this.#file.lose(this.#inFlight, end);
  }

  #take(): NextCase {
    const taken = this.#file.take();
    clearTimeout(this.#timer);
    this.#inFlight = taken.next ? { case: taken.next.case, name: taken.next.name } : undefined;
    if (taken.next) {
      this.#taken += 1;
      this.#timer = setTimeout(() => this.#end(), (this.#file.caseWork.seconds + graceSeconds) * 1000);
    }
    return taken;
  }

  /** It did not end the case by itself: asked, then ended. */
  #end(): void {
    this.#handle?.cancel();
    this.#handle?.cancel();
  }

  #notice(event: RunEvent): void {
    if (event.type !== "case.finished" || event.case !== this.#inFlight?.case) return;
    const { seq: _seq, time: _time, type: _type, ...report } = event;
    this.#inFlight = undefined;
    this.#file.finish(report);
  }
}
