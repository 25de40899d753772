import { errorText } from "#common/error-text.ts";
import { exceedsDepth } from "#common/json-depth.ts";
import { fail, type Result } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import { FrameError } from "#protocol/wire/frames.ts";
import { maximumFrameBytes, maximumFrameDepth } from "#protocol/wire/limits.ts";
import type { SandboxMessage } from "#protocol/wire/messages.ts";
import { waitingCode } from "#protocol/wire/recorded.ts";
import type { Refusal } from "../services.ts";
import type { OutgoingMessage } from "./frame-writer.ts";
import { RateLimit } from "./rate-limit.ts";
import type { RequestMethod } from "./request-method.ts";

export type RequestMessage = Extract<SandboxMessage, { kind: "request" }>;

export type AnswerMessage = Extract<OutgoingMessage, { kind: "answer" | "refusal" }>;

export interface RequestDeskOptions {
  readonly methods: Readonly<Record<string, RequestMethod>>;
  /** First half of the key of each request. */
  readonly run: string;
  /** An answer as the sandbox may see it, as bytes of a frame. Throws FrameError when it is over the limit. */
  readonly encode: (message: AnswerMessage) => Uint8Array;
  /** Sends a frame; resolves when the sandbox took it. */
  readonly send: (frame: Uint8Array) => Promise<void>;
  /** Writes down what came of a request, before the sandbox sees it. */
  readonly record: (
    request: RequestMessage & { readonly number: number },
    answer: AnswerMessage,
  ) => Promise<void>;
  readonly emit: (event: RunEventBody) => void;
}

/** Requests under way at one time; an honest runtime has one. */
const maximumConcurrent = 16;

/** Requests without an answer, those that wait to be refused among them; beyond it nobody means them to be answered. */
const maximumUnanswered = 1000;

/** Denied requests that are logged; a flood of them must not become a flood of the journal. */
const maximumDenialLogs = 20;

/** Requests that are refused unseen, a second: unknown ones, and those beyond `maximumConcurrent`. */
const refusalsPerSecond = 200;

/** Levels and bytes of a frame that are left for what stands around an answer, in this frame and in `journal.read`. */
const envelope = { depth: 5, bytes: 4096 };

/** Takes the requests of one run: each gets exactly one answer or refusal, whatever its service does. */
export class RequestDesk {
  readonly #options: RequestDeskOptions;
  readonly #closing = new AbortController();
  #lastId = Number.NEGATIVE_INFINITY;
  #underWay = 0;
  #unanswered = 0;
  readonly #refusals = new RateLimit(refusalsPerSecond);
  #denialLogs = 0;

  constructor(options: RequestDeskOptions) {
    this.#options = options;
  }

  /**
   * Starts to serve a request. Returns false when the sandbox breaks the protocol with it: its id was not above all
   * before, or too many others wait for their answers.
   */
  accept(request: RequestMessage): boolean {
    if (request.id <= this.#lastId) return false;
    this.#lastId = request.id;
    if (this.#unanswered >= maximumUnanswered) return false;
    this.#unanswered += 1;
    void this.#serve(request).finally(() => {
      this.#unanswered -= 1;
    });
    return true;
  }

  /** Aborts what is under way; later requests are refused. */
  close(): void {
    this.#closing.abort();
  }

  async #serve(request: RequestMessage): Promise<void> {
    if (this.#underWay >= maximumConcurrent) {
      await this.#takeRefusal();
      await this.#reply(request, fail(tooMany));
      return;
    }
    this.#underWay += 1;
    const result = await this.#perform(request);
    await this.#reply(request, result);
    this.#underWay -= 1;
  }

  async #perform({ method: name, params, number }: RequestMessage): Promise<Result<unknown, Refusal>> {
    const { methods } = this.#options;
    const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (!method) {
      await this.#takeRefusal();
      return this.#denyUnknown(name);
    }
    if (this.#closing.signal.aborted) return fail(this.#abortRefusal());
    const deadline = startDeadline(method.limits.deadlineSeconds);
    const signal = AbortSignal.any([this.#closing.signal, deadline.signal]);
    const idempotencyKey = number === undefined ? undefined : `${this.#options.run}-${number}`;
    const call = { number, idempotencyKey };
    try {
      return await Promise.race([method.perform(params, signal, call), rejectWhenAborted(signal)]);
    } catch (error) {
      return fail(signal.aborted ? this.#abortRefusal() : this.#hostFailure(name, error));
    } finally {
      deadline.clear();
    }
  }

  #abortRefusal(): Refusal {
    if (this.#closing.signal.aborted) return { code: "cancelled", message: "The run is being cancelled." };
    return { code: "deadline-exceeded", message: "The host did not answer in time." };
  }

  /** A defect of ours or of a service: the text stays on the host. */
  #hostFailure(method: string, error: unknown): Refusal {
    this.#log("error", `The broker failed to serve ${method}: ${errorText(error)}`);
    return { code: "host-failed", message: "The host failed to answer; the run's journal says why." };
  }

  #denyUnknown(name: string): Result<never, Refusal> {
    const shown = name.slice(0, 100);
    if (this.#denialLogs++ < maximumDenialLogs) {
      const last = this.#denialLogs === maximumDenialLogs ? " Further ones are denied without a word." : "";
      this.#log("warn", `The sandbox asked for '${shown}', which does not exist; denied.${last}`);
    }
    return fail({ code: "unknown-method", message: `There is no method '${shown}'.` });
  }

  /** A run that is being ended refuses at once. */
  async #takeRefusal(): Promise<void> {
    await this.#refusals.take(this.#closing.signal).catch(() => undefined);
  }

  #log(level: "warn" | "error", message: string): void {
    this.#options.emit({ type: "log", level, message });
  }

  /** What could not be written down is not given either: the run is being ended then, and its next part asks again. */
  async #reply(request: RequestMessage, result: Result<unknown, Refusal>): Promise<void> {
    const { message, frame } = this.#framed(this.#message(request.id, result));
    if (!isRecorded(request) || !isOutcome(message)) return this.#options.send(frame);
    await this.#options.record(request, message);
    if (this.#closing.signal.aborted) {
      const refusal = this.#message(request.id, fail(this.#abortRefusal()));
      return this.#options.send(this.#options.encode(refusal));
    }
    return this.#options.send(frame);
  }

  #framed(message: AnswerMessage): { readonly message: AnswerMessage; readonly frame: Uint8Array } {
    try {
      const frame = this.#options.encode(message);
      if (frame.length <= maximumFrameBytes - envelope.bytes) return { message, frame };
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
    }
    const refusal = { kind: "refusal", id: message.id, ...tooLarge } as const;
    return { message: refusal, frame: this.#options.encode(refusal) };
  }

  #message(id: number, result: Result<unknown, Refusal>): AnswerMessage {
    if (!result.ok) return { kind: "refusal", id, code: result.error.code, message: result.error.message };
    if (exceedsDepth(result.value, maximumFrameDepth - envelope.depth))
      return { kind: "refusal", id, ...tooDeep };
    return { kind: "answer", id, value: result.value };
  }
}

function isRecorded(request: RequestMessage): request is RequestMessage & { readonly number: number } {
  return request.number !== undefined;
}

/** A request of a run that is being ended, or that waits, has come to nothing yet: it is made again. */
function isOutcome(message: AnswerMessage): boolean {
  return message.kind === "answer" || (message.code !== "cancelled" && message.code !== waitingCode);
}

const tooMany: Refusal = {
  code: "too-many-requests",
  message: `More than ${maximumConcurrent} requests are under way at one time.`,
};
const tooLarge: Refusal = {
  code: "answer-too-large",
  message: "The answer is larger than a message may be.",
};
const tooDeep: Refusal = {
  code: "answer-too-large",
  message: "The answer is nested deeper than a message may be.",
};

/** A deadline that leaves no timer behind when the answer comes before it. */
function startDeadline(seconds: number | undefined): { signal: AbortSignal; clear: () => void } {
  const controller = new AbortController();
  const timer = seconds === undefined ? undefined : setTimeout(() => controller.abort(), seconds * 1000);
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

function rejectWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
