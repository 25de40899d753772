import { isJsonObject } from "#common/json.ts";
import type { At, RunFailure, SandboxedEvent, Waiting } from "#protocol/events/events.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import {
  humanRequestId,
  isHarmless,
  type RecordedCheckpoint,
  type RecordedEntry,
  type RecordedRequest,
  unrecordedMethods,
  waitingCode,
  writingMethods,
} from "#protocol/wire/recorded.ts";
import type { RequestAnswer, RequestMethod, RequestParams } from "#protocol/wire/requests.ts";
import type { RunObserver } from "../debugging/run-observer.ts";
import type { Conversion, Converted } from "../formats/conversion.ts";
import { type Interruption, RequestRefused, type RunPorts } from "../ports.ts";
import type { CheckpointJournal } from "./checkpoint-journal.ts";
import { type Deed, deedOf, departure } from "./departure.ts";
import { ClockLog, ClockReader } from "./recorded-clock.ts";
import { RecordedEntries } from "./recorded-entries.ts";

/** After so many different times within one entry, the clock goes in seconds: a loop that waits must end, a journal too. */
const fineTimes = 10_000;

/**
 * The ports of a run whose journal can make it again. Everything that the procedure learns from outside goes through
 * here: the answers of the host and the clock. As long as the journal has entries, they answer, and nothing is asked,
 * slept or sent; afterwards everything is done and recorded. Whatever the procedure and the runtime keep in memory
 * (state, histories, counters, mocks, random numbers) is then as it was, since it is made by the same code.
 */
export class RecordedPorts implements RunPorts, CheckpointJournal {
  readonly #ports: RunPorts;
  readonly #start: Pick<StartMessage, "recorded" | "startTime" | "filesInMemory">;
  readonly #entries: RecordedEntries;
  readonly #clock: ClockLog;
  readonly #clockOffset: number;
  #reader: { readonly of: unknown; readonly times: ClockReader } | undefined;
  #requests = 0;
  #ending: Interruption | undefined;
  place: At | undefined;
  /** Whoever debugs the run. */
  observer: Pick<RunObserver, "beforeRequest"> | undefined;
  /** What the run waits for, when that is how it ends. */
  waiting: Waiting | undefined;
  /** Where the source is not what was recorded, when that is how it ends. */
  departed: RunFailure | undefined;

  constructor(ports: RunPorts, start: Pick<StartMessage, "recorded" | "startTime" | "filesInMemory">) {
    this.#ports = ports;
    this.#start = start;
    this.#entries = new RecordedEntries(ports, start.recorded);
    this.#clock = new ClockLog(start.startTime);
    this.#clockOffset = start.recorded ? 0 : start.startTime - ports.now();
  }

  get interruption(): Interruption | undefined {
    return this.#ports.interruption ?? this.#ending;
  }

  /** True while the journal answers. */
  get replaying(): boolean {
    return this.#entries.remain;
  }

  emit(event: SandboxedEvent): void {
    if (this.#ending !== undefined) return;
    const silent = this.replaying && !this.#start.recorded?.replayOnly && event.type !== "limit.hit";
    if (!silent) this.#ports.emit(event);
  }

  announce(event: Extract<SandboxedEvent, { type: "checkpoint" }>): void {
    if (this.#ending === undefined) this.#ports.emit(event);
  }

  /** The same content gives the same result: nothing of it is recorded. */
  convert(conversion: Conversion): Converted {
    return this.#ports.convert(conversion);
  }

  sleep(seconds: number): void {
    if (!this.replaying && this.#ending === undefined) this.#ports.sleep(seconds);
  }

  now(): number {
    const recorded = this.#recordedTime();
    if (recorded !== undefined) return this.#clock.add(recorded);
    const time = this.#ports.now() + this.#clockOffset;
    const coarse = this.#clock.length > fineTimes && time - this.#clock.last < 1000;
    return this.#clock.add(coarse ? this.#clock.last : time);
  }

  request<Method extends RequestMethod>(
    method: Method,
    params: RequestParams<Method>,
  ): RequestAnswer<Method> {
    if (this.#ending !== undefined) throw new RequestRefused("cancelled", "The run is being stopped.");
    this.observer?.beforeRequest(method);
    if (!this.#isRecorded(method)) return this.#ports.request(method, params);
    const request = { method, ...describeRequest(method, params, this.place) };
    const number = ++this.#requests;
    if (this.replaying) {
      const answer = this.#recordedAnswer(request);
      if (this.#start.recorded?.rewritesFiles && writingMethods.has(method))
        this.#ports.request(method, params);
      return answer;
    }
    return this.#ask(method, params, { request: number, ...request });
  }

  checkpoint(deed: Deed, text: string | undefined): RecordedCheckpoint | undefined {
    if (!this.replaying) {
      if (this.#start.recorded?.replayOnly) this.#endReplay();
      this.#entries.drop();
      return undefined;
    }
    const entry = this.#expected(deed);
    if (entry.kind !== "checkpoint" || entry.step !== deed.kind || entry.name !== deed.name) {
      return this.#depart(deedOf(entry), deed);
    }
    const moved = entry.at?.line !== deed.at?.line || entry.at?.file !== deed.at?.file;
    if (moved && deed.name === undefined && entry.text !== text) this.#depart(deedOf(entry), deed);
    this.#pass();
    return entry;
  }

  takeClock(): readonly number[] | undefined {
    return this.#clock.take();
  }

  /** The procedure is over: what the journal still has was not done again. */
  assertComplete(): void {
    if (!this.replaying) return;
    const entry = this.#entries.next;
    if (entry) this.#depart(deedOf(entry), undefined);
  }

  suspend(waiting: Waiting): never {
    this.waiting = waiting;
    this.#ending = "waiting";
    throw new RequestRefused(waitingCode, waiting.message);
  }

  #isRecorded(method: string): boolean {
    if (unrecordedMethods.has(method)) return false;
    return !(this.#start.filesInMemory && isHarmless(method));
  }

  #recordedTime(): number | undefined {
    const entry = this.#entries.next;
    if (!entry) return undefined;
    if (this.#reader?.of !== entry) this.#reader = { of: entry, times: new ClockReader(entry.clock) };
    const time = this.#reader.times.next(this.#clock.last);
    // Code that looks at the clock more often than it did sees the time stand still until the next entry.
    return time ?? (this.replaying ? this.#clock.last : undefined);
  }

  /** Goes on to the next entry; the clock stands where it stood when this one was made. */
  #pass(): void {
    const entry = this.#entries.next;
    const reader = this.#reader?.of === entry ? this.#reader?.times : new ClockReader(entry?.clock);
    if (reader) this.#clock.add(reader.end(this.#clock.last));
    this.#clock.take();
    this.#entries.advance();
  }

  #recordedAnswer<Method extends RequestMethod>(
    found: Deed & { readonly method: Method; readonly digest: string },
  ): RequestAnswer<Method> {
    const entry = this.#expected(found);
    if (entry.kind !== "request" || entry.method !== found.method || entry.name !== found.name) {
      return this.#depart(deedOf(entry), found);
    }
    if (entry.digest !== found.digest) return this.#depart(deedOf(entry), found);
    this.#pass();
    return answerOf(entry);
  }

  #expected(deed: Deed): RecordedEntry {
    return this.#entries.next ?? this.#depart({ kind: "an entry that can't be read" }, deed);
  }

  #ask<Method extends RequestMethod>(
    method: Method,
    params: RequestParams<Method>,
    { kind: _kind, ...made }: Deed & { request: number; method: Method; digest: string },
  ): RequestAnswer<Method> {
    if (this.#start.recorded?.replayOnly) this.#endReplay();
    this.#entries.drop();
    const clock = this.#clock.take();
    this.#ports.emit({ type: "request.made", ...made, ...(clock && { clock: [...clock] }) });
    try {
      return this.#ports.request(method, params, made.request);
    } catch (thrown) {
      if (!(thrown instanceof RequestRefused) || thrown.code !== waitingCode) throw thrown;
      const { message } = thrown;
      if (method === "runs.await") return this.suspend({ for: "children", message });
      return this.suspend({ for: "human", message, request: humanRequestId(made.request) });
    }
  }

  #endReplay(): never {
    this.#ending = "replayed";
    throw new RequestRefused("cancelled", "The replay is over.");
  }

  #depart(recorded: Deed, found: Deed | undefined): never {
    this.departed = departure(recorded, found);
    this.#ending = "departed";
    throw new RequestRefused("source-changed", this.departed.message);
  }
}

/** A request in the words of the journal. Its line may move without making it another one. */
function describeRequest<Method extends RequestMethod>(
  method: Method,
  params: RequestParams<Method>,
  place: At | undefined,
): Deed & { readonly digest: string } {
  const fields: unknown = params;
  const { at, ...counting } = isJsonObject(fields) ? fields : {};
  const name = nameKeys.map((key) => counting[key]).find((value) => typeof value === "string");
  const known = isPlace(at) ? at : place;
  return {
    kind: method,
    // Taken when it is first needed: its loading is no part of the start of a run.
    digest: process.getBuiltinModule("node:crypto").hash("sha256", JSON.stringify(counting)).slice(0, 16),
    ...(typeof name === "string" && { name: name.slice(0, 200) }),
    ...(known && { at: known }),
  };
}

/** Where the parameters of a method say what it is about. */
const nameKeys = ["tool", "agent", "path", "name", "message"] as const;

function isPlace(at: unknown): at is At {
  return isJsonObject(at) && typeof at["file"] === "string" && typeof at["line"] === "number";
}

/** Gives a recorded answer; throws a recorded refusal. */
function answerOf<Method extends RequestMethod>({ outcome }: RecordedRequest): RequestAnswer<Method> {
  if (outcome && "value" in outcome) return outcome.value as RequestAnswer<Method>;
  const { code, message } = outcome?.error ?? { code: "host-failed", message: "The journal has no answer." };
  throw new RequestRefused(code, message);
}
