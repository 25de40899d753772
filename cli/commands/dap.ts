import { fail, ok, type Result } from "#common/result.ts";
import type { DebuggedRun, DebugHost, DebugServices, DebugStart } from "#debug-adapter/debug-host.ts";
import { type LaunchArguments, workspaceOf } from "#debug-adapter/launch-arguments.ts";
import { serveDebugAdapter } from "#debug-adapter/serve-debug-adapter.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import { runFolder } from "#runs/journal/journal-folder.ts";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { forkRun } from "#runs/session/fork-run.ts";
import { createIsolation } from "#runs/session/isolations.ts";
import { preparePlan } from "#runs/session/plan.ts";
import { planReplay, replayRun } from "#runs/session/replay-run.ts";
import { planResume, resumeRun } from "#runs/session/resume-run.ts";
import type { RunRequest, StartProblem } from "#runs/session/session.ts";
import { startRun } from "#runs/session/start-run.ts";
import { sandboxSetup } from "../sandbox-setup.ts";

/** `dap --stdio`: debugs one session for the client at the other end, until it goes away. */
export async function serveDebugger(): Promise<ExitCode> {
  await serveDebugAdapter(host);
  return exitCodes.done;
}

const host: DebugHost = {
  async replay(start, watch) {
    const planned = await planReplay({ ...start, sandboxSetup, grantAll: false });
    if (!planned.ok) return;
    const isolation = await createIsolation(planned.value.plan.isolation, sandboxSetup);
    await replayRun(planned.value, isolation, () => undefined, watch);
  },
  start: (start, services) =>
    start.kind === "program" ? startProgram(start, services) : startFork(start, services),
};

async function startProgram(
  { program, launch }: Extract<DebugStart, { kind: "program" }>,
  services: DebugServices,
): Promise<Result<DebuggedRun, StartProblem>> {
  const plan = await preparePlan(requestOf(program, launch));
  if (!plan.ok) return fail(plan.error);
  const isolation = await createIsolation(plan.value.isolation, sandboxSetup);
  const started = await startRun(plan.value, { ...services, isolation });
  return started.ok ? ok({ handle: started.value, earlier: [] }) : started;
}

async function startFork(
  { run, checkpoint, launch }: Extract<DebugStart, { kind: "fork" }>,
  services: DebugServices,
): Promise<Result<DebuggedRun, StartProblem>> {
  const workspaceRoot = workspaceOf(launch);
  const forked = await forkRun({ run, checkpoint, workspaceRoot, state: {} });
  if (!forked.ok) return forked;
  const planned = await planResume({ run: forked.value, workspaceRoot, sandboxSetup, grantAll: false });
  if (!planned.ok) return planned;
  const { events: earlier } = await readJournal(runFolder(workspaceRoot, forked.value));
  const isolation = await createIsolation(planned.value.plan.isolation, sandboxSetup);
  const resumed = await resumeRun(planned.value, { ...services, isolation });
  return resumed.ok ? ok({ handle: resumed.value, earlier }) : resumed;
}

function requestOf(file: string, launch: LaunchArguments): RunRequest {
  const { procedure, input = {}, isolation, workspace, mock = false } = launch;
  return {
    file,
    workspaceRoot: workspaceOf(launch),
    input,
    textInput: {},
    mock,
    grantAll: false,
    sandboxSetup,
    ...(procedure !== undefined && { procedure }),
    ...(isolation && { isolation }),
    ...(workspace && { workspace }),
  };
}
