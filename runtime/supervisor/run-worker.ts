import { MessageChannel, Worker } from "node:worker_threads";
import type { FinishedMessage, StartMessage } from "#protocol/wire/messages.ts";
import type { SharedMemory } from "../bridge/shared-memory.ts";
import type {
  InsideRequest,
  WorkerMail,
  WorkerNotice,
  WorkerSetup,
  WorkerStart,
} from "../bridge/worker-messages.ts";
import { FormatWorker } from "./format-worker.ts";

/** Why a worker ended without a result. */
export interface WorkerLoss {
  /** True when its JavaScript heap was full. */
  readonly outOfMemory: boolean;
  readonly message: string;
}

export interface WorkerEvents {
  readonly onDoorbell: () => void;
  readonly onRequest: (request: InsideRequest) => void;
  readonly onFinished: (message: FinishedMessage) => void;
  readonly onLost: (loss: WorkerLoss) => void;
}

/** JavaScript heap for the records of a run (the Lua memory has its own limit, outside this heap). */
export const heapBytes: number = 256 * 1024 * 1024;

/** The thread that runs the procedure, from its creation (before the start is known) to its end. */
export class RunWorker {
  readonly #worker: Worker;
  readonly #memory: SharedMemory;
  readonly #answers;
  readonly #formats = new FormatWorker((reply) => this.answer({ kind: "converted", ...reply }));

  constructor(memory: SharedMemory, events: WorkerEvents) {
    this.#memory = memory;
    const { port1, port2 } = new MessageChannel();
    this.#answers = port1;
    const setup: WorkerSetup = { buffers: memory.buffers, answers: port2 };
    this.#worker = new Worker(workerFile(), {
      workerData: setup,
      transferList: [port2],
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapBytes / (1024 * 1024) },
    });
    this.#listen(events);
  }

  start(start: StartMessage): void {
    const message: WorkerStart = { start };
    this.#worker.postMessage(message);
  }

  /** An answer that the worker waits for, or a command of the debugger. */
  answer(answer: WorkerMail): void {
    this.#answers.postMessage(answer);
    this.#memory.announceAnswer();
  }

  /** Ends the thread whatever it does. */
  async terminate(): Promise<void> {
    this.#worker.removeAllListeners();
    this.#answers.close();
    await Promise.all([this.#worker.terminate(), this.#formats.terminate()]);
  }

  #listen(events: WorkerEvents): void {
    this.#worker.on("message", (notice: WorkerNotice) => {
      if (notice.kind === "doorbell") events.onDoorbell();
      else if (notice.kind === "inside-request") events.onRequest(notice);
      else if (notice.kind === "convert") this.#formats.convert(notice);
      else events.onFinished(notice);
    });
    this.#worker.on("error", (error: Error & { code?: string }) => {
      events.onLost({ outOfMemory: error.code === "ERR_WORKER_OUT_OF_MEMORY", message: error.message });
    });
    this.#worker.on("exit", (code) => {
      events.onLost({ outOfMemory: false, message: `The worker ended with code ${code}.` });
    });
  }
}

/** The worker lies beside the entry: `worker.mjs` in the bundle, `worker.ts` in the sources. */
function workerFile(): URL {
  return import.meta.url.endsWith(".ts")
    ? new URL("../worker.ts", import.meta.url)
    : new URL("./worker.mjs", import.meta.url);
}
