import { SharedMemory } from "./bridge/shared-memory.ts";
import { RunWorker } from "./supervisor/run-worker.ts";
import type { Supervisor } from "./supervisor/supervisor.ts";

/**
 * Entry of the sandboxed process. The worker is created first, so that it loads the Lua engine while this thread
 * loads the validator of the host's messages and waits for `start`.
 */
const memory = new SharedMemory();
const supervisor = Promise.withResolvers<Supervisor>();
const worker = new RunWorker(memory, {
  onDoorbell: () => void supervisor.promise.then((ready) => ready.forwardFrames()),
  onFinished: (message) => void supervisor.promise.then((ready) => ready.workerFinished(message)),
  onLost: (loss) => void supervisor.promise.then((ready) => ready.workerLost(loss)),
});

const module = await import("./supervisor/supervisor.ts");
const ready = new module.Supervisor({
  input: process.stdin,
  output: process.stdout,
  memory,
  worker,
  exit: (code) => process.exit(code),
});
ready.listen();
supervisor.resolve(ready);
