import path from "node:path";
import type { serveRun as serveRunFunction } from "#broker/dispatch/serve-run.ts";
import type { Redactor } from "#broker/secrets/redactor.ts";
import type { CaseService } from "#broker/services.ts";
import { errorText } from "#common/error-text.ts";
import { PausableTimer } from "#common/pausable-timer.ts";
import { longestStopSeconds } from "#protocol/debugging/limits.ts";
import type { RunEventBody, RunEventOf, RunFailure, RunStatus } from "#protocol/events/events.ts";
import { noUsage, type Usage } from "#protocol/events/usage.ts";
import type { JournalWriter, Numbered } from "#runs/journal/journal-writer.ts";
import type { RecordedRun } from "#runs/journal/recorded-run.ts";
import { releaseRun } from "#runs/journal/run-claim.ts";
import type { CaseServices, RunBroker, RunServices } from "#runs/session/broker-services.ts";
import { CaseWorkspaces } from "#runs/session/case-workspaces.ts";
import type { Plan } from "#runs/session/plan.ts";
import { anticipateCapabilities, plannedCapabilities } from "#runs/session/plan-manifest.ts";
import { RepeatedEvents } from "#runs/session/repeated-events.ts";
import {
  endOfLoss,
  endOfMessage,
  endWhileAsking,
  failedEnd,
  limitOf,
  type RunEnd,
} from "#runs/session/run-outcome.ts";
import { runStatuses } from "#runs/session/run-statuses.ts";
import type { RunHandle } from "#runs/session/session.ts";
import {
  newOrigin,
  type RunOrigin,
  recordedStart,
  startedEvent,
  startMessage,
} from "#runs/session/start-message.ts";
import { trialServices } from "#runs/trial/trial.ts";
import type { SandboxPolicy, SandboxProcess } from "#sandbox/isolation.ts";
import { openWorkspace } from "#sandbox/workspace/open-workspace.ts";
import type { RunWorkspace } from "#sandbox/workspace/workspace.ts";

interface ActiveRunParts {
  readonly run: string;
  readonly plan: Plan;
  readonly services: RunServices;
  readonly redactor: Redactor;
  /** The run's folder. */
  readonly folder: string;
  readonly journal: JournalWriter;
  /** What happened in the earlier parts of a resumed run; its limits hold for all parts together. */
  readonly recorded?: RecordedRun;
}

/** What serves a sandbox; types only, since the code is loaded while the sandbox starts. */
interface Serving {
  readonly serveRun: typeof serveRunFunction;
  readonly broker: RunBroker;
}

/** Milliseconds between asking the sandbox to end and ending it. */
const graceMs = 2000;

/**
 * A run under way. The sandbox keeps time by itself and the broker watches it; the timer here is the outermost
 * guarantee. Whatever happens, exactly one `run.finished` is written, and the sandbox is gone when `finished` settles.
 */
export class ActiveRun {
  readonly #parts: ActiveRunParts;
  readonly #startedAt = performance.now();
  /** Asks the sandbox to end. */
  readonly #cancel = new AbortController();
  /** Ends it. */
  readonly #kill = new AbortController();
  #usage = noUsage;
  #cost = 0;
  #forced: RunEnd | undefined;
  #cancelRequested = false;
  #sandbox: SandboxProcess | undefined;
  #broker: RunBroker | undefined;
  readonly #limitsHit = new Set<string>();
  /** Questions without an answer. */
  readonly #asking: Set<string>;
  readonly #origin: RunOrigin;
  readonly #repeated: RepeatedEvents;

  constructor(parts: ActiveRunParts) {
    this.#parts = parts;
    this.#origin = parts.recorded?.started.origin ?? newOrigin();
    this.#repeated = new RepeatedEvents(parts.recorded?.tail ?? []);
    const { asked = new Map(), responses = new Map() } = parts.recorded?.past ?? {};
    this.#asking = new Set([...asked.keys()].filter((request) => !responses.has(request)));
    this.#usage = parts.recorded?.spent.usage ?? noUsage;
    this.#cost = parts.recorded?.spent.cost ?? 0;
    parts.journal.onProblem = (problem) =>
      this.#end(problem === "full" ? "limit-output" : "journal-unwritable");
  }

  start(): RunHandle {
    const { run, folder, journal, plan, recorded, services } = this.#parts;
    const origin = services.cases ? undefined : this.#origin;
    this.#emitOwn(startedEvent(plan, run, { origin, resumed: recorded !== undefined }));
    const finished = this.#execute();
    return {
      id: run,
      journalFolder: folder,
      onEvent: (listener) => journal.onEvent(listener),
      finished,
      cancel: () => this.#requestCancel(),
    };
  }

  async #execute(): Promise<RunEventOf<"run.finished">> {
    const { plan, journal, folder, services } = this.#parts;
    const deadline = this.#keepTime(plan.limits.timeSeconds * 1000 + graceMs);
    const end = await this.#serve().catch((error: unknown) =>
      failedEnd("internal-error", `The run could not go on: ${errorText(error)}.`),
    );
    deadline.clear();
    this.#kill.abort();
    services.debugger?.close();
    const finished = this.#writeEnd(endWhileAsking(this.#forced ?? end, [...this.#asking].at(-1)));
    journal.close();
    await Promise.all([this.#removeSandbox(), this.#broker?.close()]);
    releaseRun(folder);
    return finished;
  }

  /** Time that the run stands in a debugger is not its own. */
  #keepTime(milliseconds: number): PausableTimer {
    const timer = new PausableTimer(milliseconds, () => this.#end("limit-time"));
    this.#parts.services.debugger?.onStanding((standing) => {
      if (standing) timer.pause();
      else timer.resume();
    });
    return timer;
  }

  /** A sandbox that may stand in a debugger lives longer; nothing else of its policy differs. */
  #policy(): SandboxPolicy {
    const { plan, run, services } = this.#parts;
    const standing = services.debugger ? longestStopSeconds : 0;
    return { ...plan.policy, run, timeSeconds: plan.policy.timeSeconds + standing };
  }

  /** Launches the sandbox and serves it to its end. */
  async #serve(): Promise<RunEnd> {
    const { plan, run, services, recorded, journal, redactor } = this.#parts;
    const cases = services.cases ? this.#casesOf(services.cases) : undefined;
    const workspace = cases?.workspace ?? this.#openWorkspace("changes");
    let opening: Promise<Serving> | undefined;
    const launched = await services.isolation.launch(this.#policy(), this.#kill.signal, () => {
      opening = this.#openBroker(workspace);
      // A failure is met where it is awaited; a launch that fails first leaves nobody to await it.
      opening.catch(() => undefined);
    });
    if (!launched.ok)
      return failedEnd(launched.error.code, `${launched.error.message}\n${launched.error.remedy}`);
    const sandbox = launched.value;
    this.#sandbox = sandbox;
    const { id, pooledAs } = sandbox;
    if (pooledAs !== undefined) this.#emit({ type: "sandbox.assigned", sandbox: id, label: pooledAs });
    if (this.#kill.signal.aborted) return failedEnd("cancelled", forcedMessages.cancelled);
    const { serveRun, broker } = await (opening ?? this.#openBroker(workspace));
    this.#broker = broker;
    const outcome = await serveRun({
      output: sandbox.output,
      input: sandbox.input,
      start: startMessage(plan, run, {
        origin: this.#origin,
        recorded: recorded && recordedStart(recorded, plan, "resume"),
        work: services.cases?.work,
        debug: services.debugger !== undefined,
      }),
      emit: (event) => {
        if (!this.#repeated.has(event)) this.#emit(event);
      },
      flush: () => journal.flush(),
      ...(recorded && { past: recorded.past }),
      signal: this.#cancel.signal,
      spending: { limits: plan.spending, ...(recorded && { before: recorded.spent }) },
      services: {
        ...broker.services,
        runs: runStatuses(plan.request.workspaceRoot),
        ...(cases && { cases: cases.service }),
        ...(services.debugger && { debugger: services.debugger }),
      },
      redactor,
      listed: () => plannedCapabilities(plan),
    });
    // A sandbox that said its last word is removed after the end is written: nobody waits for the engine's cleaning.
    if (!outcome.ok) await this.#removeSandbox();
    if (plan.workspace === "copy" && !cases) {
      this.#emitOwn({ type: "workspace.changed", changes: [...(await workspace.changes())] });
    }
    return outcome.ok
      ? endOfMessage(outcome.value)
      : endOfLoss(outcome.error, await sandbox.exited, sandbox.errorText());
  }

  #openWorkspace(changes: string): RunWorkspace {
    const { plan, folder } = this.#parts;
    return openWorkspace({
      mode: plan.workspace,
      root: plan.request.workspaceRoot,
      procedureFile: plan.file,
      changesFolder: path.join(folder, changes),
      tree: plan.request.trial?.files,
    });
  }

  /** Cases are handed out with a workspace of their own. */
  #casesOf(given: CaseServices): { readonly workspace: CaseWorkspaces; readonly service: CaseService } {
    const workspace = new CaseWorkspaces((number) => this.#openWorkspace(`case-${number}`));
    const next: CaseService["next"] = () => {
      workspace.renew();
      return given.next();
    };
    return { workspace, service: { declare: (declared) => given.declare(declared), next } };
  }

  /** The broker's code is loaded here, while the sandbox starts: it costs a run nothing. */
  async #openBroker(workspace: RunWorkspace): Promise<Serving> {
    const { plan, services, redactor } = this.#parts;
    const [{ serveRun }, { createBrokerServices }] = await Promise.all([
      import("#broker/dispatch/serve-run.ts"),
      import("#runs/session/broker-services.ts"),
    ]);
    anticipateCapabilities(plan);
    const broker = createBrokerServices(plan.config, services, workspace, redactor);
    const { trial } = plan.request;
    if (!trial) return { serveRun, broker };
    return { serveRun, broker: { ...broker, services: trialServices(broker.services, trial) } };
  }

  /** Until it is verified gone. What the engine can't remove now, the reaper removes at the next start. */
  async #removeSandbox(): Promise<void> {
    await this.#sandbox?.kill().catch(() => undefined);
  }

  /** Once: the sandbox is asked and has a moment. Again, or before it is there: it is ended at once. */
  #requestCancel(): void {
    const ended = this.#cancelRequested || !this.#sandbox;
    this.#cancelRequested = true;
    this.#cancel.abort();
    if (ended) this.#end("cancelled");
    else setTimeout(() => this.#end("cancelled"), graceMs).unref();
  }

  /** Ends the sandbox from outside; the reason becomes the end of the run, whatever the sandbox still says. */
  #end(code: keyof typeof forcedMessages): void {
    if (this.#kill.signal.aborted) return;
    this.#forced ??= failedEnd(code, forcedMessages[code]);
    this.#cancel.abort();
    this.#kill.abort();
  }

  /** What the broker did not see: its events come redacted. */
  #emitOwn<Body extends RunEventBody>(event: Body): Numbered & Body {
    return this.#emit(this.#parts.redactor.value(event));
  }

  #emit<Body extends RunEventBody>(event: Body): Numbered & Body {
    if (event.type === "limit.hit") this.#limitsHit.add(event.limit);
    if (event.type === "human.requested") this.#asking.add(event.request);
    if (event.type === "human.responded") this.#asking.delete(event.request);
    if (event.type === "spending") {
      this.#usage = event.usage;
      this.#cost = event.cost ?? 0;
    }
    return this.#parts.journal.append(event);
  }

  /** The last events: a limit that nobody reported yet, then the end. */
  #writeEnd(end: RunEnd): RunEventOf<"run.finished"> {
    const limit = limitOf(end, this.#parts.plan);
    if (limit && !this.#limitsHit.has(limit.limit)) this.#emit(limit);
    const { usage, cost } = this.#spentBy(end);
    const { status, error } = this.#verdictOn(end);
    return this.#emitOwn({
      type: "run.finished",
      status,
      ...(end.result !== undefined && { result: end.result }),
      ...(error && { error }),
      ...(status === "waiting" && end.waiting && { waiting: end.waiting }),
      durationMs: Math.round(performance.now() - this.#startedAt),
      usage,
      ...(cost > 0 && { cost }),
    });
  }

  /** A sandbox counts stand-ins too, so its sums may be more than what the host counted; never less. */
  #spentBy({ usage = noUsage, cost = 0 }: RunEnd): { readonly usage: Usage; readonly cost: number } {
    const counted = this.#usage.totalTokens > usage.totalTokens ? this.#usage : usage;
    return { usage: counted, cost: Math.max(cost, this.#cost) };
  }

  #verdictOn({ status, error }: RunEnd): { readonly status: RunStatus; readonly error?: RunFailure } {
    if (status === "completed" || status === "waiting") return { status };
    if (error?.code === "limit-time") return { status: "timed_out", error };
    if (this.#cancelRequested || status === "cancelled") {
      return { status: "cancelled", error: { code: "cancelled", message: forcedMessages.cancelled } };
    }
    return { status, ...(error && { error }) };
  }
}

const forcedMessages = {
  "limit-time": "The run was stopped from outside, since its time was over.",
  cancelled: "The run was cancelled.",
  "limit-output": "The run was stopped, since its journal reached its limit.",
  "journal-unwritable": "The run was stopped, since its journal can't be written (is the disk full?).",
} as const;
