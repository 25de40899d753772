import { isJsonObject, type Json } from "#common/json.ts";
import { PausableTimer } from "#common/pausable-timer.ts";
import { fail, ok } from "#common/result.ts";
import type { At, RunEventBody, SandboxedEvent } from "#protocol/events/events.ts";
import { encodeFrame, FrameError, FrameReader } from "#protocol/wire/frames.ts";
import {
  type DebugMessage,
  type SandboxMessage,
  sandboxMessage,
  wireVersion,
} from "#protocol/wire/messages.ts";
import { isHarmless, mustBeTold } from "#protocol/wire/recorded.ts";
import { RunSpending } from "../spending/run-spending.ts";
import type { LimitReached } from "../spending/spending-limits.ts";
import { AnnouncedRequests } from "./announced-requests.ts";
import { FrameWriter } from "./frame-writer.ts";
import { ReadingPace } from "./reading-pace.ts";
import { type AnswerMessage, RequestDesk, type RequestMessage } from "./request-desk.ts";
import { requestMethods } from "./request-methods.ts";
import type { ServeFailure, ServeOutcome, ServeRunOptions } from "./serve-options.ts";

/** Seconds until the sandbox must have said hello; a cold container needs about one. */
const helloSeconds = 60;

/** Seconds that the sandbox may be late in keeping its own time limit before this side ends the run. */
const graceSeconds = 10;

/**
 * Bytes of events that this side takes beyond the limit. The sandbox keeps the limit itself, by the bytes of texts and
 * values; here whole frames are counted, so this is only the bound for a sandbox that does not.
 */
const outputAllowance = { factor: 3, bytes: 1024 * 1024 };

/** Bytes that a note about a request costs, of those that the sandbox may have written down. */
const untoldBytes = 1000;

/** Serves one run over its two pipes. The sandbox is not trusted: everything it sends is checked before it is used. */
export class RunServer {
  readonly #options: ServeRunOptions;
  readonly #writer: FrameWriter;
  readonly #reader = new FrameReader();
  readonly #desk: RequestDesk;
  readonly #outcome = Promise.withResolvers<ServeOutcome>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #announced = new AnnouncedRequests();
  readonly #pace: ReadingPace;
  #greeted = false;
  #ended = false;
  #eventBytes = 0;
  #place: At | undefined;
  readonly #spending: RunSpending;

  constructor(options: ServeRunOptions) {
    this.#options = options;
    this.#writer = new FrameWriter(options.input);
    this.#pace = new ReadingPace(options.output);
    this.#spending = new RunSpending({
      ...options.spending,
      emit: this.#emit,
      onLimit: (reached) => this.#hitSpending(reached),
    });
    this.#desk = new RequestDesk({
      methods: requestMethods({ ...options, emit: this.#emit, spending: this.#spending }),
      run: options.start.run,
      encode: (message) => encodeFrame(options.redactor.value(message)),
      send: (frame) => this.#writer.write(frame),
      record: (request, answer) => this.#record(request, answer),
      emit: this.#emit,
    });
  }

  /** Sends the start and settles with the end; called once. */
  serve(): Promise<ServeOutcome> {
    const { output, start, signal } = this.#options;
    output.on("data", this.#receive).on("end", this.#lost).on("close", this.#lost).on("error", this.#lost);
    signal.addEventListener("abort", this.#cancel, { once: true });
    this.#keepTime(start.limits.timeSeconds + graceSeconds);
    this.#after(this.#options.helloSeconds ?? helloSeconds, () => this.#missHello());
    if (output.readableEnded || output.destroyed) this.#lost();
    else this.#begin();
    return this.#outcome.promise;
  }

  #begin(): void {
    try {
      void this.#writer.send(this.#options.start);
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#fail(
        "protocol-error",
        "The procedure, its modules and its input are larger than one message may be.",
      );
      return;
    }
    if (this.#options.signal.aborted) this.#cancel();
  }

  readonly #receive = (chunk: Uint8Array): void => this.#pace.work(() => this.#read(chunk));

  #read(chunk: Uint8Array): void {
    try {
      for (const frame of this.#reader.push(chunk)) {
        if (this.#ended) return;
        this.#handle(frame);
      }
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.#fail("protocol-error", `The sandbox sent what can't be read. ${error.message}`);
    }
  }

  #handle(frame: unknown): void {
    const parsed = sandboxMessage.safeParse(frame);
    if (!parsed.success) {
      const path = (parsed.error.issues[0]?.path ?? []).join(".").slice(0, 100);
      this.#fail(
        "protocol-error",
        `The sandbox sent a message that the protocol does not know (at '${path}').`,
      );
    } else if (!this.#greeted) this.#greet(parsed.data);
    else this.#dispatch(parsed.data);
  }

  #greet(message: SandboxMessage): void {
    const { nonce } = this.#options.start;
    this.#greeted = message.kind === "hello" && message.nonce === nonce && message.version === wireVersion;
    if (!this.#greeted) {
      this.#fail("protocol-error", "The sandbox did not begin with the greeting that it was asked for.");
      return;
    }
    this.#options.services.debugger?.connect((command) => this.#command(command));
  }

  /** False when it is larger than one message may be. */
  #command(command: DebugMessage): boolean {
    try {
      void this.#writer.send(command);
      return true;
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      return false;
    }
  }

  /** What happened outside counts only when it is on the disk: not even a loss of power makes it happen again. */
  async #record(request: RequestMessage & { readonly number: number }, answer: AnswerMessage): Promise<void> {
    const outcome =
      answer.kind === "answer"
        ? { value: jsonOf(answer.value) }
        : { error: { code: answer.code, message: answer.message } };
    this.#emit({ type: "request.answered", request: request.number, ...outcome });
    if (!isHarmless(request.method)) await this.#options.flush?.();
  }

  #dispatch(message: SandboxMessage): void {
    if (message.kind === "event") this.#event(message.event);
    else if (message.kind === "finished") this.#end(ok(this.#options.redactor.value(message)));
    else if (message.kind === "hello") this.#fail("protocol-error", "The sandbox greeted twice.");
    else if (message.kind === "debug") this.#debug(message.message);
    else this.#request(message);
  }

  /** What a debugged run tells by itself can flood a front end as well as events can, so it counts as they do. */
  #debug(message: Json): void {
    const isAsked = isJsonObject(message) && message["kind"] !== "notice";
    if (!isAsked && !this.#hasRoom(this.#reader.lastFrameBytes)) return;
    const { services, redactor } = this.#options;
    if (services.debugger?.receive(redactor.value(message))) return;
    this.#fail("protocol-error", "The sandbox told its debugger what the protocol does not know.");
  }

  #request(message: RequestMessage): void {
    if (!this.#announced.take(message)) this.#noteUntold(message);
    if (!this.#desk.accept(message))
      this.#fail(
        "protocol-error",
        "The sandbox used the number of a request twice, or waits for no answers.",
      );
  }

  /** The journal tells of everything that reached others, also where the sandbox did not. Cases have their own trace. */
  #noteUntold({ method, params }: RequestMessage): void {
    const { start } = this.#options;
    if (start.work || !mustBeTold(method, start) || !this.#hasRoom(untoldBytes)) return;
    const message = `The sandbox asked for ${method} without telling of it before: ${JSON.stringify(params).slice(0, 500)}`;
    this.#emit({ type: "log", level: "warn", message });
  }

  /** Counts what is written down for the sandbox; without room the run is ended. */
  #hasRoom(bytes: number): boolean {
    this.#eventBytes += bytes;
    const { outputBytes } = this.#options.start.limits;
    if (this.#eventBytes > outputBytes * outputAllowance.factor + outputAllowance.bytes) {
      this.#hitOutput();
      return false;
    }
    return true;
  }

  #event(event: SandboxedEvent): void {
    if (!this.#hasRoom(this.#reader.lastFrameBytes)) return;
    if (event.type === "request.made") this.#announced.announce(event);
    if (event.type === "request.answered" && !this.#announced.mayAnswer(event.request)) {
      this.#fail("protocol-error", "The sandbox told of an answer that only its host can give.");
      return;
    }
    if ("at" in event) this.#place = event.at ?? this.#place;
    this.#emit(event);
    if (event.type === "tool.called") this.#spending.announceCall();
  }

  /** Everything that anybody sees of a run goes through here. */
  readonly #emit = (event: RunEventBody): void => {
    if (!this.#ended) this.#options.emit(this.#options.redactor.value(event));
  };

  readonly #cancel = (): void => {
    if (this.#ended) return;
    this.#desk.close();
    void this.#writer.send({ kind: "cancel" });
  };

  readonly #lost = (): void => {
    this.#fail("sandbox-lost", "The sandbox ended without a result.");
  };

  #missHello(): void {
    if (!this.#greeted) this.#fail("sandbox-lost", "The sandbox did not answer after its start.");
  }

  #hitTime(): void {
    const { timeSeconds } = this.#options.start.limits;
    this.#emit({ type: "limit.hit", limit: "time", value: timeSeconds });
    this.#fail("limit-time", `The run took longer than its limit of ${timeSeconds} s and was ended.`);
  }

  #hitOutput(): void {
    const { outputBytes } = this.#options.start.limits;
    this.#emit({ type: "limit.hit", limit: "output", value: outputBytes });
    this.#fail("limit-output", `The run wrote more than its limit of ${outputBytes} bytes and was ended.`);
  }

  #hitSpending({ limit, value, message }: LimitReached): void {
    this.#emit({ type: "limit.hit", limit, value });
    const at = this.#place;
    this.#end(fail({ code: `limit-${limit}`, message, ...(at && { at }) }));
  }

  #fail(code: ServeFailure["code"], message: string): void {
    this.#end(fail({ code, message }));
  }

  /** The first end counts: after it nothing is read, emitted or answered any more. */
  #end(outcome: ServeOutcome): void {
    if (this.#ended) return;
    this.#desk.close();
    this.#ended = true;
    for (const timer of this.#timers) clearTimeout(timer);
    const { output, signal, services } = this.#options;
    services.debugger?.close();
    signal.removeEventListener("abort", this.#cancel);
    output.off("data", this.#receive).off("end", this.#lost).off("close", this.#lost);
    this.#pace.stop();
    this.#outcome.resolve(outcome);
  }

  /** Time that the run stands in a debugger is not its own. */
  #keepTime(seconds: number): void {
    const timer = new PausableTimer(seconds * 1000, () => this.#hitTime());
    const unsubscribe = this.#options.services.debugger?.onStanding((standing) => {
      if (standing) timer.pause();
      else timer.resume();
    });
    void this.#outcome.promise.then(() => {
      unsubscribe?.();
      timer.clear();
    });
  }

  #after(seconds: number, act: () => void): void {
    this.#timers.push(setTimeout(act, Math.min(seconds * 1000, longestTimer)));
  }
}

/** An answer as it stands in its frame. */
function jsonOf(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null));
}

/** Milliseconds that a timer can hold at most. */
const longestTimer = 2 ** 31 - 1;
