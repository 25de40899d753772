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
  onRequest: (request) => void supervisor.promise.then((ready) => ready.workerAsked(request)),
  onFinished: (message) => void supervisor.promise.then((ready) => ready.workerFinished(message)),
  onLost: (loss) => void supervisor.promise.then((ready) => ready.workerLost(loss)),
});

const [module, { openServices }] = await Promise.all([
  import("./supervisor/supervisor.ts"),
  import("./supervisor/open-services.ts"),
]);
const ready = new module.Supervisor({
  input: process.stdin,
  output: process.stdout,
  memory,
  worker,
  openServices,
  exit: (code) => process.exit(code),
});
ready.listen();
supervisor.resolve(ready);
