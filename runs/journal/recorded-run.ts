import type { AskedQuestion, RunPast } from "#broker/dispatch/run-past.ts";
import type { Spent } from "#broker/spending/spending-limits.ts";
import type { Json } from "#common/json.ts";
import { type RunEvent, type RunEventOf, type RunStatus, sandboxedEvent } from "#protocol/events/events.ts";
import { noUsage } from "#protocol/events/usage.ts";
import {
  humanRequestId,
  isHarmless,
  type RecordedEntry,
  type RecordedRequest,
} from "#protocol/wire/recorded.ts";

/** What a journal tells of a run that may go on. */
export interface RecordedRun {
  readonly started: RunEventOf<"run.started">;
  /** How its last part ended; undefined: it was killed. */
  readonly status: RunStatus | undefined;
  readonly past: RunPast;
  /** Entries of `past` that are completed; at most one more is under way. */
  readonly completed: number;
  /** Events of the sandbox behind the last completed entry: the next part begins with the same ones. */
  readonly tail: readonly RunEvent[];
  readonly spent: Spent;
}

/**
 * Reads the past of a run out of its events; undefined when they don't begin as those of a run do. A run that goes on
 * makes its loose end again, one that is only replayed has it too.
 */
export function recordedRun(
  events: readonly RunEvent[],
  goal: "resume" | "replay" = "resume",
): RecordedRun | undefined {
  const [started] = events;
  if (started?.type !== "run.started") return undefined;
  const completed = completedEntries(events);
  if (goal === "resume") cutLooseEnd(completed);
  const last = completed.at(-1)?.seq ?? 0;
  const tail = events.filter((event) => event.seq > last && sandboxedEvent.safeParse(event).success);
  const unfinished = underWay(tail);
  return {
    started,
    status: statusOf(events),
    past: {
      entries: unfinished ? [...completed, unfinished] : completed,
      ...questionsIn(events),
    },
    completed: completed.length,
    tail,
    spent: spentIn(events),
  };
}

/** The entries in their order, as each part of the run took them over from the one before. */
function completedEntries(events: readonly RunEvent[]): RecordedEntry[] {
  const entries: RecordedEntry[] = [];
  const made = new Map<number, RunEventOf<"request.made">>();
  for (const event of events) {
    if (event.type === "run.started") cutLooseEnd(entries);
    else if (event.type === "request.made") made.set(event.request, event);
    else if (event.type === "request.answered") {
      const request = made.get(event.request);
      if (request) entries.push(requestEntry(request, event));
    } else if (event.type === "checkpoint" && !event.replayed) {
      entries.push(checkpointEntry(event));
    } else if (event.type === "checkpoint.cleared") {
      entries.splice(firstOf(entries, event.from));
    }
  }
  return entries;
}

/** Where the checkpoint of this number begins: behind the one before it. */
function firstOf(entries: readonly RecordedEntry[], index: number): number {
  return entries.findLastIndex((entry) => entry.kind === "checkpoint" && entry.index < index) + 1;
}

function requestEntry(
  made: RunEventOf<"request.made">,
  answered: RunEventOf<"request.answered">,
): RecordedRequest {
  const { request, method, name, at, digest, clock } = made;
  const outcome = answered.error ? { error: answered.error } : { value: answered.value ?? null };
  return { kind: "request", seq: answered.seq, request, method, name, at, digest, clock, outcome };
}

function checkpointEntry(event: RunEventOf<"checkpoint">): RecordedEntry {
  const { seq, index, kind, name, at, value, clock } = event;
  const text = event.text ?? (value === undefined ? undefined : JSON.stringify(value));
  return { kind: "checkpoint", seq, index, step: kind, name, at, text, clock };
}

/**
 * What was refused at the very end is asked again: that it can be had now may be why the run is resumed. So are files
 * that were looked at behind the last checkpoint: the code there may have been changed since.
 */
function cutLooseEnd(entries: RecordedEntry[]): void {
  const loose = (entry: RecordedEntry): boolean =>
    entry.kind === "request" &&
    (isHarmless(entry.method) || (entry.outcome && "error" in entry.outcome) === true);
  entries.splice(entries.findLastIndex((entry) => !loose(entry)) + 1);
}

/** The first request behind the last completed entry: it comes next, at the same times of the clock. */
function underWay(tail: readonly RunEvent[]): RecordedRequest | undefined {
  const made = tail.find((event) => event.type === "request.made");
  if (!made) return undefined;
  const { seq, request, method, name, at, digest, clock } = made;
  return { kind: "request", seq, request, method, name, at, digest, clock };
}

function statusOf(events: readonly RunEvent[]): RunStatus | undefined {
  const last = events.findLast(({ type }) => type === "run.started" || type === "run.finished");
  return last?.type === "run.finished" ? last.status : undefined;
}

/**
 * The questions whose requests have no outcome, and the answers to them: stored by `runs respond`, or given just before
 * the end. With an outcome an answer is used up: what is made again after it is asked for again.
 */
function questionsIn(events: readonly RunEvent[]): Pick<RunPast, "asked" | "responses"> {
  const asked = new Map<string, AskedQuestion>();
  const responses = new Map<string, Json>();
  for (const event of events) {
    if (event.type === "human.requested") {
      asked.set(event.request, { at: Date.parse(event.time), question: event });
      responses.delete(event.request);
    } else if (event.type === "human.responded") responses.set(event.request, event.value);
    else if (event.type === "request.answered") {
      asked.delete(humanRequestId(event.request));
      responses.delete(humanRequestId(event.request));
    }
  }
  return { asked, responses };
}

function spentIn(events: readonly RunEvent[]): Spent {
  const last = events.findLast((event) => event.type === "spending");
  const toolCalls = events.filter(({ type }) => type === "tool.called").length;
  return {
    turns: last?.turns ?? 0,
    toolCalls,
    usage: last?.usage ?? noUsage,
    cost: last?.cost ?? 0,
  };
}
