import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DebugLink } from "#runs/debugging/debug-link.ts";
import { preparePlan } from "#runs/session/plan.ts";
import { startRun } from "#runs/session/start-run.ts";
import type { Isolation } from "#sandbox/isolation.ts";
import { openIsolation } from "#sandbox/open-isolation.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";
import { type Comparison, comparePaired } from "./paired.ts";
import { machineWork } from "./programs.ts";

const file = "machine-work.tac";
const rounds = 9;

/** What a debugger that is there costs the Lua machine: without breakpoints, and with one that is never come to. */
export async function measureDebugging(
  folder: string,
  setup: SandboxSetup,
): Promise<ReadonlyArray<{ readonly name: string; readonly comparison: Comparison }>> {
  const workspace = path.join(folder, "debugging");
  mkdirSync(workspace);
  writeFileSync(path.join(workspace, file), machineWork);
  const isolation = await openIsolation("embedded", setup);
  const plain = (): Promise<number> => workSeconds(workspace, isolation);
  const unused = machineWork.split("\n").findIndex((line) => line.includes("never called")) + 1;
  return [
    {
      name: "machine work with a debugger and no breakpoint (at most 1.1) ÷ without",
      comparison: await comparePaired(() => workSeconds(workspace, isolation, []), plain, rounds),
    },
    {
      name: "machine work with a breakpoint elsewhere in the file ÷ without",
      comparison: await comparePaired(() => workSeconds(workspace, isolation, [unused]), plain, rounds),
    },
  ];
}

/** Seconds by the procedure's own clock; `lines`: where breakpoints are, absent: nobody debugs. */
async function workSeconds(root: string, isolation: Isolation, lines?: readonly number[]): Promise<number> {
  const plan = await preparePlan({
    file: path.join(root, file),
    workspaceRoot: root,
    input: {},
    textInput: {},
    isolation: "embedded",
    mock: false,
    grantAll: false,
  });
  if (!plan.ok) throw new Error(plan.error.message);
  const link = lines && new DebugLink();
  const started = await startRun(plan.value, { isolation, ...(link && { debugger: link }) });
  if (!started.ok) throw new Error(started.error.message);
  if (link) await begin(link, lines);
  const { status, result } = await started.value.finished;
  if (status !== "completed" || typeof result !== "number") throw new Error(`The work ended: ${status}`);
  return result;
}

async function begin(link: DebugLink, lines: readonly number[]): Promise<void> {
  const breakpoints = lines.map((line, id) => ({ id, line }));
  const placed = await link.request("set-breakpoints", { file, breakpoints });
  const verified = placed.ok && placed.value.breakpoints.every((breakpoint) => breakpoint.verified);
  if (!verified) throw new Error("The breakpoints could not be set.");
  await link.request("begin", { stopOnEntry: false });
}
