import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import type { DebugSaid } from "#protocol/debugging/messages.ts";
import type { SandboxedEvent } from "#protocol/events/events.ts";
import { encodeFrame } from "#protocol/wire/frames.ts";
import { staysInside } from "#protocol/wire/inside-methods.ts";
import type { DebugMessage } from "#protocol/wire/messages.ts";
import type { RequestAnswer, RequestMethod, RequestParams } from "#protocol/wire/requests.ts";
import type { DebugChannel } from "../debugging/debug-channel.ts";
import type { Conversion, Converted } from "../formats/conversion.ts";
import { type Interruption, RequestRefused, type RunPorts } from "../ports.ts";
import type { SharedMemory } from "./shared-memory.ts";
import type { InsideRequest, WorkerAnswer, WorkerMail, WorkerNotice } from "./worker-messages.ts";

export interface WorkerPortsOptions {
  readonly memory: SharedMemory;
  readonly answers: MessagePort;
  readonly notify: (notice: WorkerNotice) => void;
  /** Names of the MCP servers that the supervisor holds. */
  readonly insideServers: ReadonlySet<string>;
  /** Bytes of all frames together; beyond it nothing is sent any more. */
  readonly outputBytes: number;
}

/**
 * The runtime's ports inside the worker: frames go into the shared ring, answers are waited for. Commands of a debugger
 * come on the same way as answers.
 */
export class WorkerPorts implements RunPorts, DebugChannel {
  readonly #options: WorkerPortsOptions;
  #sentBytes = 0;
  #outputExceeded = false;
  #requests = 0;
  /** The count of mail at the last look. */
  #seen = -1;
  /** What came while something else was looked for. */
  readonly #answers = new Map<number, WorkerAnswer>();
  readonly #commands: DebugMessage[] = [];
  onMail: (() => void) | undefined;

  constructor(options: WorkerPortsOptions) {
    this.#options = options;
  }

  get interruption(): Interruption | undefined {
    return this.#options.memory.stopReason ?? (this.#outputExceeded ? "output" : undefined);
  }

  emit(event: SandboxedEvent): void {
    this.#send({ kind: "event", event });
  }

  request<Method extends RequestMethod>(
    method: Method,
    params: RequestParams<Method>,
    number?: number,
  ): RequestAnswer<Method> {
    const id = ++this.#requests;
    const inside = staysInside(method, params, this.#options.insideServers);
    if (inside) {
      // Method and parameters are of one request; the compiler loses that when it narrows the method.
      this.#options.notify({ kind: "inside-request", id, method, params } as InsideRequest);
    } else this.#send({ kind: "request", id, ...(number !== undefined && { number }), method, params });
    const answer = this.#waitFor(id);
    if (inside && number !== undefined) this.#record(number, answer);
    if (answer.kind === "refusal") throw new RequestRefused(answer.code, answer.message);
    if (answer.kind === "converted") throw new RequestRefused("host-failed", `${method} got no answer.`);
    // The host is the trusted side of the wire: its answers have the shape of the method's schema.
    return answer.value as RequestAnswer<Method>;
  }

  /** What the host answers, the host writes down; what is answered inside the sandbox it only hears of. */
  #record(request: number, answer: WorkerAnswer): void {
    if (answer.kind === "answer") this.emit({ type: "request.answered", request, value: answer.value });
    else if (answer.kind === "refusal" && answer.code !== "cancelled") {
      const { code, message } = answer;
      this.emit({ type: "request.answered", request, error: { code, message } });
    }
  }

  convert(conversion: Conversion): Converted {
    const id = ++this.#requests;
    this.#options.notify({ kind: "convert", id, conversion });
    return convertedOf(this.#waitFor(id));
  }

  sleep(seconds: number): void {
    const { memory } = this.#options;
    const end = performance.now() + seconds * 1000;
    for (let left = seconds * 1000; left > 0 && !this.interruption; left = end - performance.now()) {
      const seen = memory.answerCount();
      this.#collect();
      if (this.#commands.length > 0) this.onMail?.();
      else memory.waitForAnswer(seen, left);
    }
  }

  /** It stands while the run stands in a debugger. */
  now(): number {
    return Date.now() - this.#options.memory.stoodMilliseconds;
  }

  say(said: DebugSaid): void {
    this.#write(encodeFrame({ kind: "debug", message: said }));
  }

  take(): DebugMessage | undefined {
    if (this.#commands.length === 0 && this.#seen !== this.#options.memory.answerCount()) this.#collect();
    return this.#commands.shift();
  }

  wait(): DebugMessage | undefined {
    const { memory } = this.#options;
    for (;;) {
      const seen = memory.answerCount();
      if (this.interruption) return undefined;
      const command = this.take();
      if (command) return command;
      memory.waitForAnswer(seen);
    }
  }

  stand(standing: boolean): void {
    this.#options.memory.stand(standing);
  }

  #waitFor(id: number): WorkerAnswer {
    const { memory } = this.#options;
    for (;;) {
      const seen = memory.answerCount();
      if (this.interruption) throw new RequestRefused("cancelled", "The run is being stopped.");
      this.#collect();
      const answer = this.#answers.get(id);
      this.#answers.delete(id);
      if (answer) return answer;
      if (this.#commands.length > 0 && this.onMail) this.onMail();
      else memory.waitForAnswer(seen);
    }
  }

  /** Takes all that has come. */
  #collect(): void {
    const { memory, answers } = this.#options;
    this.#seen = memory.answerCount();
    for (;;) {
      const received: { message: WorkerMail } | undefined = receiveMessageOnPort(answers);
      if (!received) return;
      if (received.message.kind === "debug") this.#commands.push(received.message);
      else this.#answers.set(received.message.id, received.message);
    }
  }

  #send(frame: unknown): void {
    if (this.#outputExceeded) return;
    const bytes = encodeFrame(frame);
    this.#sentBytes += bytes.length;
    this.#outputExceeded = this.#sentBytes > this.#options.outputBytes;
    this.#write(this.#outputExceeded ? encodeFrame(outputLimitHit(this.#options.outputBytes)) : bytes);
  }

  #write(bytes: Uint8Array): void {
    const { memory, notify } = this.#options;
    memory.frames.write(bytes, () => {
      if (memory.takeDoorbell()) notify({ kind: "doorbell" });
    });
  }
}

function outputLimitHit(value: number): { kind: "event"; event: SandboxedEvent } {
  return { kind: "event", event: { type: "limit.hit", limit: "output", value } };
}

function convertedOf(answer: WorkerAnswer): Converted {
  if (answer.kind === "converted" && "converted" in answer) return answer.converted;
  const reason = answer.kind === "converted" && "failure" in answer ? answer.failure : "It got no answer.";
  throw new RequestRefused("file-unreadable", reason);
}
