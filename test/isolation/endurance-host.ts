import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { createPool, type Isolation, type SandboxPool } from "#runs/session/isolations.ts";
import { preparePlan } from "#runs/session/plan.ts";
import { startRun } from "#runs/session/start-run.ts";

/**
 * A host that lives long: makes runs in one process, some in a row, then some at once, and says what it holds afterwards.
 * Started with `--expose-gc`. Arguments: bundle folder, folder with `count.tac`, how many runs to warm up, in a row, at once.
 */
const [runtimeFolder = "", workspaceRoot = "", warmUp = "", inARow = "", atOnce = ""] = process.argv.slice(2);

/** What the host says at its end. */
export interface EnduranceReport {
  /** Runs that did not give the number that they were given. */
  readonly lost: readonly string[];
  /** Runs that got a container that waited. */
  readonly pooled: number;
  readonly holding: { readonly warm: Holding; readonly afterRow: Holding; readonly afterBurst: Holding };
}

/** What this process holds. */
export interface Holding {
  /** Bytes in use after a collection. */
  readonly memory: number;
  readonly openFiles: number;
  readonly childProcesses: number;
}

const lost: string[] = [];
let pooled = 0;

async function makeRun(isolation: Isolation, number: number): Promise<void> {
  const file = path.join(workspaceRoot, "count.tac");
  const nothing = { textInput: {}, mock: false, grantAll: false };
  const plan = await preparePlan({ file, workspaceRoot, input: { number }, ...nothing });
  if (!plan.ok) throw new Error(plan.error.message);
  const run = await startRun(plan.value, { isolation });
  if (!run.ok) throw new Error(run.error.message);
  run.value.onEvent(({ type }) => {
    if (type === "sandbox.assigned") pooled += 1;
  });
  const end = await run.value.finished;
  if (end.status !== "completed" || end.result !== number) lost.push(JSON.stringify(end));
}

async function holding(): Promise<Holding> {
  // Connections to the engine are kept for some seconds, for whoever asks it next.
  for (let look = 0; look < 150 && openFiles().some((file) => file.startsWith("socket:")); look++)
    await pause(100);
  for (let turns = 0; turns < 10; turns++) {
    await pause(10);
    globalThis.gc?.();
  }
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, "utf8");
  return {
    memory: heapUsed + external + arrayBuffers,
    openFiles: openFiles().length,
    childProcesses: children.split(" ").filter(Boolean).length,
  };
}

/** What the descriptors of this process stand for. */
function openFiles(): string[] {
  return readdirSync("/proc/self/fd").map((descriptor) => {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`);
    } catch {
      // The one that listed the others.
      return "closed";
    }
  });
}

/** Makes runs with a pool of its own and tells what is held when all is over. */
async function after(act: (pool: SandboxPool) => Promise<unknown>): Promise<Holding> {
  const pool = await createPool({ runtimeFolder }, { size: 2, idleSeconds: 600 });
  await act(pool);
  await pool.dispose();
  return holding();
}

/** Every second one finds a container that waits, or one that is on its way. */
const row = (count: number) => async (pool: SandboxPool) => {
  for (let number = 1; number <= count; number++) {
    if (number % 2 === 0) pool.prepare();
    await makeRun(pool, number);
  }
};

const burst = (count: number) => (pool: SandboxPool) => {
  pool.prepare();
  return Promise.all(Array.from({ length: count }, (_, index) => makeRun(pool, index + 1)));
};

const warm = await after(row(Number(warmUp)));
const afterRow = await after(row(Number(inARow)));
const afterBurst = await after(burst(Number(atOnce)));
const report: EnduranceReport = { lost, pooled, holding: { warm, afterRow, afterBurst } };
process.stdout.write(JSON.stringify(report));
