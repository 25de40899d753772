import { fileURLToPath } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { createWasmEngineFactory } from "#lua/wasm/create-wasm-engine.ts";
import { SharedMemory } from "./bridge/shared-memory.ts";
import type { WorkerNotice, WorkerSetup, WorkerStart } from "./bridge/worker-messages.ts";
import { WorkerPorts } from "./bridge/worker-ports.ts";
import { runCases } from "./cases/run-cases.ts";
import { type ProgramOptions, runProgram } from "./program/run-program.ts";
import { warmUp } from "./program/warm-up.ts";

/** Where a run is on its way, its start comes sooner than this; a container that waits in the pool has the time. */
const warmUpAfterMilliseconds = 150;

/** Entry of the worker thread: compiles the Lua engine at once, runs one procedure when told to, and ends. */
const setup: WorkerSetup = workerData;
const memory = new SharedMemory(setup.buffers);
const notify = (notice: WorkerNotice): void => parentPort?.postMessage(notice);
const started = new Promise<WorkerStart>((resolve) => parentPort?.once("message", resolve));

const createEngine = await createWasmEngineFactory(engineFile());
const warming = setTimeout(() => warmUp(createEngine), warmUpAfterMilliseconds);
const { start } = await started;
clearTimeout(warming);
const ports = new WorkerPorts({
  memory,
  answers: setup.answers,
  notify,
  insideServers: new Set(serversInside(start.mcpServers)),
  outputBytes: start.limits.outputBytes,
});
// Its code is loaded where somebody debugs; other runs don't know it.
const debugging = start.debug ? await import("./debugging/run-debugging.ts") : undefined;
const options: ProgramOptions = {
  start,
  ports,
  createEngine,
  onTotals: (totals) => {
    memory.totals = totals;
  },
  ...(debugging && {
    debug: (run) =>
      new debugging.RunDebugging({ channel: ports, sources: start, interruption: () => run.interruption }),
  }),
};
notify(start.work ? runCases(options, start.work) : runProgram(options));
setup.answers.close();

/** In the bundle the module lies beside this file; from the sources the package's own is used. */
function engineFile(): { wasm?: string } {
  if (import.meta.url.endsWith(".ts")) return {};
  return { wasm: fileURLToPath(new URL("./lua.wasm", import.meta.url)) };
}

function serversInside(servers: WorkerStart["start"]["mcpServers"] = {}): string[] {
  return Object.keys(servers).filter((name) => servers[name]?.placement === "sandbox");
}
