import { Worker } from "node:worker_threads";
import type { ConversionReply, ConversionRequest } from "../formats/conversion.ts";

/** JavaScript heap for the content of one file. */
const heapMebibytes = 256;

/**
 * The thread that reads and writes foreign formats, made when the first one is asked for. The data is not to be
 * trusted: a thread that ends over it costs that one conversion, and the next one gets a new thread.
 */
export class FormatWorker {
  readonly #reply: (reply: ConversionReply) => void;
  readonly #thread: URL;
  #worker: Worker | undefined;
  #underWay: number | undefined;

  constructor(reply: (reply: ConversionReply) => void, thread: URL = threadFile()) {
    this.#reply = reply;
    this.#thread = thread;
  }

  /** One at a time: the procedure waits for each. */
  convert(request: ConversionRequest): void {
    this.#worker ??= this.#start();
    this.#underWay = request.id;
    this.#worker.postMessage(request);
  }

  async terminate(): Promise<void> {
    const worker = this.#worker;
    worker?.removeAllListeners();
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#thread, {
      env: {},
      // What a library prints about broken data is nobody's output.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: heapMebibytes },
    });
    worker.on("message", (reply: ConversionReply) => this.#reply(reply));
    worker.on("error", (error: Error & { code?: string }) =>
      this.#lost(
        error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "It needs more memory than it may use." : error.message,
      ),
    );
    worker.on("exit", () => this.#lost("The work on it ended unexpectedly."));
    return worker;
  }

  #lost(failure: string): void {
    const id = this.#underWay;
    this.#worker?.removeAllListeners();
    this.#worker = undefined;
    this.#underWay = undefined;
    if (id !== undefined) this.#reply({ id, failure });
  }
}

/** The thread lies beside the entry: `formats.mjs` in the bundle, `thread.ts` in the sources. */
function threadFile(): URL {
  return import.meta.url.endsWith(".ts")
    ? new URL("../formats/thread.ts", import.meta.url)
    : new URL("./formats.mjs", import.meta.url);
}
