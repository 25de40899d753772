import { serveRun } from "#broker/dispatch/serve-run.ts";
import { Redactor } from "#broker/secrets/redactor.ts";
import type { BrokerServices, DebugService, Refusal } from "#broker/services.ts";
import { fail, ok, type Result } from "#common/result.ts";
import { longestStopSeconds } from "#protocol/debugging/limits.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import type { Plan } from "#runs/session/plan.ts";
import { plannedCapabilities } from "#runs/session/plan-manifest.ts";
import { planAgain, type ResumePlan, type ResumeRequest, readReplayed } from "#runs/session/resume-run.ts";
import { endOfLoss, endOfMessage, type RunEnd } from "#runs/session/run-outcome.ts";
import type { StartProblem } from "#runs/session/session.ts";
import { newOrigin, recordedStart, startedEvent, startMessage } from "#runs/session/start-message.ts";
import type { Isolation } from "#sandbox/isolation.ts";
import { openWorkspace } from "#sandbox/workspace/open-workspace.ts";

/** The plan of a run that is to be replayed, with its journal up to event `to`. */
export async function planReplay(
  request: ResumeRequest & { readonly to?: number | undefined },
): Promise<Result<ResumePlan, StartProblem>> {
  const read = await readReplayed(request.workspaceRoot, request.run, request.to);
  return read.ok ? planAgain(read.value, request) : read;
}

/** Whoever looks at a replay while it stands, and ends it. */
export interface ReplayWatch {
  readonly debugger: DebugService;
  /** Aborted when nobody looks at it any more. */
  readonly signal: AbortSignal;
}

/**
 * Runs a procedure again out of its journal. Nothing is called: no model, no tool, no person, no file; where the
 * journal ends, so does the replay. Nothing is written either: the events go to the caller only.
 */
export async function replayRun(
  { run, plan, recorded }: ResumePlan,
  isolation: Isolation,
  emit: (event: RunEventBody) => void,
  watch?: ReplayWatch,
): Promise<Result<RunEnd, StartProblem>> {
  const available = await isolation.check();
  if (!available.ok) return fail({ ...available.error, exitCode: 3 });
  const signal = watch?.signal ?? new AbortController().signal;
  const timeSeconds = plan.policy.timeSeconds + (watch ? longestStopSeconds : 0);
  const launched = await isolation.launch({ ...plan.policy, run, timeSeconds }, signal, () => {});
  if (!launched.ok) return fail({ ...launched.error, exitCode: 3 });
  const sandbox = launched.value;
  const origin = recorded.started.origin ?? newOrigin();
  emit(startedEvent(plan, run, { origin, resumed: false }));
  const outcome = await serveRun({
    output: sandbox.output,
    input: sandbox.input,
    start: startMessage(plan, run, {
      origin,
      recorded: recordedStart(recorded, plan, "replay"),
      debug: watch !== undefined,
    }),
    emit,
    past: recorded.past,
    signal,
    spending: { limits: plan.spending },
    services: { ...nothingOutside(plan), ...(watch && { debugger: watch.debugger }) },
    redactor: new Redactor(),
    listed: () => plannedCapabilities(plan),
  });
  await sandbox.kill();
  return ok(
    outcome.ok
      ? endOfMessage(outcome.value)
      : endOfLoss(outcome.error, await sandbox.exited, sandbox.errorText()),
  );
}

const refused = async (): Promise<Result<never, Refusal>> =>
  fail({ code: "cancelled", message: "A replay asks nobody." });

/** Services of a run that may reach nothing but source text, and files that it keeps in memory. */
function nothingOutside(plan: Plan): BrokerServices {
  const workspace = openWorkspace({
    mode: plan.workspace,
    root: plan.request.workspaceRoot,
    procedureFile: plan.file,
    changesFolder: plan.request.workspaceRoot,
  });
  const inMemory = plan.workspace === "none";
  return {
    models: { generate: refused },
    hostTools: { describe: refused, call: refused },
    mcp: { list: refused, call: refused },
    humans: { ask: refused },
    workspace: {
      read: inMemory ? (params) => workspace.read(params) : refused,
      write: inMemory ? (params) => workspace.write(params) : refused,
      readBytes: inMemory ? (params) => workspace.readBytes(params) : refused,
      writeBytes: inMemory ? (params) => workspace.writeBytes(params) : refused,
      status: inMemory ? (params) => workspace.status(params) : refused,
      list: inMemory ? (params) => workspace.list(params) : refused,
      module: (params) => workspace.module(params),
      program: (params) => workspace.program(params),
    },
  };
}
