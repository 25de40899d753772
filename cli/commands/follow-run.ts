import path from "node:path";
import type { HumanFrontEnd } from "#broker/humans/human-front-end.ts";
import type { RunEvent, RunEventOf } from "#protocol/events/events.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";
import type { RunServices } from "#runs/session/broker-services.ts";
import { createIsolation } from "#runs/session/isolations.ts";
import type { Plan } from "#runs/session/plan.ts";
import type { RunHandle } from "#runs/session/session.ts";
import type { IsolationUnavailable } from "#sandbox/isolation.ts";
import { askedLines } from "../output/asked-lines.ts";
import { printProblem } from "../output/problem-text.ts";
import { createRunPrinter } from "../output/run-printer.ts";
import { conversationStream, isWatched, printJson, printPart } from "../output/terminal.ts";
import { sandboxSetup } from "../sandbox-setup.ts";

/** What the command line brings to a run: the isolation of its plan, and the person at the terminal if there is one. */
export async function servicesFor(plan: Plan, json: boolean): Promise<RunServices> {
  for (const notice of plan.notices) printProblem(notice);
  const interactive = process.stdin.isTTY && !json;
  return {
    isolation: await createIsolation(plan.isolation, sandboxSetup),
    ...(interactive && { humans: await terminalHumans(plan.file) }),
  };
}

/** Loaded only where a person can be asked. */
async function terminalHumans(file: string): Promise<HumanFrontEnd> {
  const { createTerminalHumans } = await import("../humans/terminal-humans.ts");
  return createTerminalHumans(terminal, file);
}

/** Questions stand on standard error, so that a redirected standard output holds the tree alone. */
const terminal = {
  input: process.stdin,
  output: conversationStream,
  interrupt: (): void => void process.kill(process.pid, "SIGINT"),
  now: () => performance.now(),
};

/** Shows a run to its end; Ctrl+C cancels it. */
export async function follow(handle: RunHandle, plan: Plan, json: boolean): Promise<ExitCode> {
  const stop = (): void => handle.cancel();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  // Before anything is shown: whoever sees that the run has started may end it.
  for (const signal of signals) process.on(signal, stop);
  const limits = new Set<string>();
  const show = json ? printJson : printerOf(handle, plan);
  handle.onEvent((event) => {
    if (event.type === "limit.hit") limits.add(event.limit);
    show(event);
  });
  const end = await handle.finished;
  for (const signal of signals) process.off(signal, stop);
  return exitCodeOf(end, limits);
}

function printerOf(handle: RunHandle, plan: Plan): (event: RunEvent) => void {
  const modules = [plan.modules, ...plan.programs.map((program) => program.modules)].flatMap(Object.values);
  const sources = new Map([...modules, ...plan.programs].map(({ file, source }) => [file, source]));
  sources.set(plan.file, plan.source);
  return createRunPrinter({
    write: printPart,
    live: isWatched(),
    sourceOf: (file) => sources.get(file),
    asked: askedLines(
      plan.asked.filter(({ state }) => state !== "granted"),
      path.relative(process.cwd(), plan.request.file),
    ),
    journal: path.relative(process.cwd(), path.join(handle.journalFolder, "events.jsonl")),
    ...(plan.request.workspaceRoot === process.cwd() && {
      showCommand: `tactus-studio runs show ${handle.id}`,
      run: handle.id,
    }),
  });
}

/** Every reason why an isolation could not be had after all, or was lost on the way. */
const isolationProblems: Readonly<Record<IsolationUnavailable["code"] | "engine-lost", true>> = {
  "engine-lost": true,
  "engine-unreachable": true,
  "container-runtime-missing": true,
  "image-failed": true,
  "settings-differ": true,
  "policy-refused": true,
  "node-missing": true,
  "start-failed": true,
};

function exitCodeOf({ status, error }: RunEventOf<"run.finished">, limits: ReadonlySet<string>): ExitCode {
  if (status === "completed") return exitCodes.done;
  if (status === "cancelled") return exitCodes.cancelled;
  if (status === "waiting") return exitCodes.waiting;
  if (status === "timed_out" || error?.code.startsWith("limit-") || limits.size > 0)
    return exitCodes.limitHit;
  return Object.hasOwn(isolationProblems, error?.code ?? "")
    ? exitCodes.isolationUnavailable
    : exitCodes.failed;
}
