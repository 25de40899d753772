import type { Readable, Writable } from "node:stream";
import { errorText } from "#common/error-text.ts";
import type { SandboxedEvent } from "#protocol/events/events.ts";
import { FrameReader } from "#protocol/wire/frames.ts";
import { wireVersion } from "#protocol/wire/limits.ts";
import type { FinishedMessage, StartMessage } from "#protocol/wire/messages.ts";
import type { SharedMemory } from "../bridge/shared-memory.ts";
import type { InsideRequest } from "../bridge/worker-messages.ts";
import { readHostMessage } from "./host-message.ts";
import { HostOutput } from "./host-output.ts";
import { InsideDesk, type InsideServices } from "./inside-desk.ts";
import { heapBytes, type RunWorker, type WorkerLoss } from "./run-worker.ts";

/** How long a worker may take to end by itself after it was asked to, in milliseconds, before it is ended. */
const graceMilliseconds = { cancelled: 1000, time: 250 } as const;

interface LimitReached {
  readonly limit: "time" | "memory";
  readonly value: number;
}

export interface SupervisorOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly memory: SharedMemory;
  readonly worker: Pick<RunWorker, "start" | "answer" | "terminate">;
  /** Opens what answers the requests of a run that stay in the sandbox. */
  readonly openServices: (start: StartMessage, emit: (event: SandboxedEvent) => void) => InsideServices;
  /** Ends the process. */
  readonly exit: (code: number) => void;
}

/**
 * The main thread of the sandboxed process: talks to the host, keeps the time, and ends the worker when nothing else
 * does. Whatever happens, exactly one `finished` is the last frame; when the host goes away the process ends at once.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #output: HostOutput;
  #start: StartMessage | undefined;
  #services: InsideServices | undefined;
  #desk: InsideDesk | undefined;
  #killTimer: NodeJS.Timeout | undefined;
  #graceTimer: NodeJS.Timeout | undefined;
  #finished = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#output = new HostOutput(options.output, options.memory);
  }

  /** Begins to serve the host. */
  listen(): void {
    const { input, output, exit } = this.#options;
    const reader = new FrameReader();
    input.on("data", (chunk: Uint8Array) => this.#receive(reader, chunk));
    input.on("end", () => exit(0));
    input.on("error", () => exit(1));
    output.on("error", () => exit(1));
  }

  /** The worker wrote frames. */
  forwardFrames(): void {
    this.#output.pump();
  }

  /** The worker asks for something that is in the sandbox itself. */
  workerAsked(request: InsideRequest): void {
    void this.#desk?.serve(request);
  }

  /** The worker's own end. */
  workerFinished(message: FinishedMessage): void {
    void this.#finish(message, message.status === "timed_out" ? this.#timeLimit() : undefined);
  }

  /** The worker is gone without a result. */
  workerLost({ outOfMemory, message }: WorkerLoss): void {
    if (!outOfMemory) {
      this.#fail("sandbox-lost", `The run's worker ended unexpectedly: ${message}`);
      return;
    }
    const failure = this.#failure(
      "limit-memory",
      "The run needed more memory than it may use and was ended.",
    );
    void this.#end(failure, { limit: "memory", value: heapBytes });
  }

  #receive(reader: FrameReader, chunk: Uint8Array): void {
    if (this.#finished) return;
    try {
      for (const frame of reader.push(chunk)) this.#handle(frame);
    } catch (error) {
      void this.#finish(
        this.#failure("protocol-error", `The host's message can't be read: ${errorText(error)}`),
      );
    }
  }

  #handle(frame: unknown): void {
    const message = readHostMessage(frame);
    if (message.kind === "start") this.#begin(message);
    else if (message.kind === "cancel") this.#stop("cancelled");
    else this.#options.worker.answer(message);
  }

  #begin(start: StartMessage): void {
    if (this.#start) throw new Error("it starts a second run.");
    this.#start = start;
    this.#output.send({ kind: "hello", version: wireVersion, nonce: start.nonce, facts: processFacts() });
    this.#services = this.#options.openServices(start, (event) => this.#emit(event));
    this.#desk = new InsideDesk(this.#services.handlers, (answer) => this.#options.worker.answer(answer));
    this.#options.worker.start(start);
    this.#output.pump();
    this.#keepTime(start.limits.timeSeconds * 1000);
  }

  /** Time that the run stood in a debugger is not its own: what is left of it then is waited for. */
  #keepTime(milliseconds: number): void {
    const { memory } = this.#options;
    const stood = memory.stoodMilliseconds;
    this.#killTimer = setTimeout(() => {
      const left = memory.stoodMilliseconds - stood;
      if (left > 0) this.#keepTime(left);
      else this.#stop("time");
    }, milliseconds);
  }

  /** An event of what runs beside the worker, after what the worker sent before. */
  #emit(event: SandboxedEvent): void {
    if (this.#finished) return;
    this.#output.pump();
    this.#output.send({ kind: "event", event });
  }

  /** Asks the worker to end, and ends it when it does not. */
  #stop(reason: "cancelled" | "time"): void {
    this.#options.memory.stop(reason);
    this.#graceTimer ??= setTimeout(() => this.#kill(), graceMilliseconds[reason]);
  }

  #kill(): void {
    const { stopReason, totals } = this.#options.memory;
    if (stopReason === "cancelled") void this.#end({ kind: "finished", status: "cancelled", ...totals });
    else void this.#end(this.#timedOut(), this.#timeLimit());
  }

  #fail(code: string, message: string): void {
    void this.#end(this.#failure(code, message));
  }

  /** Ends the worker first, so that nothing follows the last frame. */
  async #end(message: FinishedMessage, limit?: LimitReached): Promise<void> {
    await this.#options.worker.terminate();
    await this.#finish(message, limit);
  }

  /** Sends the end, once, and leaves. `limit`: one that the worker could not report itself. */
  async #finish(message: FinishedMessage, limit?: LimitReached): Promise<void> {
    if (this.#finished) return;
    this.#finished = true;
    clearTimeout(this.#killTimer);
    clearTimeout(this.#graceTimer);
    const disposed = this.#services?.dispose();
    await this.#output.drain();
    if (limit) this.#output.send({ kind: "event", event: { type: "limit.hit", ...limit } });
    this.#output.send(message);
    await this.#output.flush();
    await disposed;
    this.#options.exit(0);
  }

  #timeLimit(): LimitReached {
    return { limit: "time", value: this.#start?.limits.timeSeconds ?? 0 };
  }

  #timedOut(): FinishedMessage {
    const seconds = this.#start?.limits.timeSeconds ?? 0;
    const message = `The run took longer than its limit of ${seconds} s and was ended.`;
    return { ...this.#failure("limit-time", message), status: "timed_out" };
  }

  #failure(code: string, message: string): FinishedMessage {
    return { kind: "finished", status: "failed", error: { code, message }, ...this.#options.memory.totals };
  }
}

function processFacts(): { node: string; uid?: number; pid: number } {
  const uid = process.getuid?.();
  return { node: process.version, pid: process.pid, ...(uid === undefined ? {} : { uid }) };
}
