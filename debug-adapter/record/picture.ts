import type { Json, JsonObject } from "#common/json.ts";
import { isSameJson } from "#common/json.ts";
import type { At, RunEvent, RunEventOf, Usage } from "#protocol/events/events.ts";
import { noUsage } from "#protocol/events/usage.ts";
import type { Moment, RunRecord } from "./run-record.ts";

/** A turn of an agent, as far as it had come. */
interface TurnPicture {
  readonly started: RunEventOf<"turn.started">;
  readonly finished?: RunEventOf<"turn.finished">;
  readonly calls: readonly CallPicture[];
}

/** A call of a tool, as far as it had come. */
interface CallPicture {
  readonly called: RunEventOf<"tool.called">;
  readonly returned?: RunEventOf<"tool.returned">;
}

/** What was under way at a moment, the innermost first. */
interface OpenPlace {
  readonly name: string;
  readonly at: At | undefined;
  /** The event with which it began. */
  readonly seq: number;
}

/** What a run was at a moment of its record. */
export interface Picture {
  readonly moment: Moment;
  readonly started: RunEventOf<"run.started">;
  readonly state: JsonObject;
  /** Keys of the state that differ from the moment before, with what they were (absent: not there). */
  readonly changed: ReadonlyMap<string, Json | undefined>;
  readonly turns: readonly TurnPicture[];
  readonly stack: readonly OpenPlace[];
  readonly usage: Usage;
  readonly cost: number;
}

/** Draws the moment at a position of a record; undefined when there is none. */
export function pictureAt(record: RunRecord, position: number): Picture | undefined {
  const moment = record.moments[position];
  return moment && draw(record, moment, record.moments[position - 1]?.seq ?? 0);
}

/** Draws a run as far as it has come. */
export function pictureNow(record: RunRecord): Picture | undefined {
  const last = record.events.at(-1);
  return last && draw(record, { kind: "start", seq: last.seq }, record.moments.at(-1)?.seq ?? 0);
}

function draw(record: RunRecord, moment: Moment, before: number): Picture | undefined {
  const [started] = record.events;
  if (started?.type !== "run.started") return undefined;
  const events = record.events.filter(({ seq }) => seq <= moment.seq);
  const state = stateAfter(events);
  const spent = events.findLast((event) => event.type === "spending");
  return {
    moment,
    started,
    state,
    changed: changedSince(stateAfter(events.filter(({ seq }) => seq <= before)), state),
    turns: turnsIn(events),
    stack: [...openPlaces(events), { name: started.procedure, at: undefined, seq: started.seq }],
    usage: spent?.usage ?? noUsage,
    cost: spent?.cost ?? 0,
  };
}

function stateAfter(events: readonly RunEvent[]): JsonObject {
  return Object.fromEntries(
    events.flatMap((event) => (event.type === "state" ? [[event.key, event.value]] : [])),
  );
}

function changedSince(before: JsonObject, now: JsonObject): ReadonlyMap<string, Json | undefined> {
  const old = new Map(Object.entries(before));
  return new Map(
    Object.entries(now)
      .filter(([key, value]) => !isSameJson(old.get(key), value))
      .map(([key]) => [key, old.get(key)]),
  );
}

function turnsIn(events: readonly RunEvent[]): readonly TurnPicture[] {
  const finished = new Map(events.flatMap((e) => (e.type === "turn.finished" ? [[e.turn, e] as const] : [])));
  const calls = callsIn(events);
  return events.flatMap((event) => {
    if (event.type !== "turn.started") return [];
    const end = finished.get(event.turn);
    return [
      {
        started: event,
        ...(end && { finished: end }),
        calls: calls.filter(({ called }) => called.turn === event.turn),
      },
    ];
  });
}

function callsIn(events: readonly RunEvent[]): readonly CallPicture[] {
  const returned = new Map(events.flatMap((e) => (e.type === "tool.returned" ? [[e.call, e] as const] : [])));
  return events.flatMap((event) => {
    if (event.type !== "tool.called") return [];
    const end = returned.get(event.call);
    return [{ called: event, ...(end && { returned: end }) }];
  });
}

/** Turns and calls that had begun and not ended, the innermost first. */
function openPlaces(events: readonly RunEvent[]): readonly OpenPlace[] {
  const open = new Map<string, OpenPlace>();
  for (const event of events) {
    const { seq } = event;
    if (event.type === "run.started") open.clear();
    else if (event.type === "turn.started")
      open.set(`turn ${event.turn}`, { name: event.agent, at: event.at, seq });
    else if (event.type === "turn.finished") open.delete(`turn ${event.turn}`);
    else if (event.type === "tool.called")
      open.set(`call ${event.call}`, { name: event.tool, at: event.at, seq });
    else if (event.type === "tool.returned") open.delete(`call ${event.call}`);
  }
  return [...open.values()].toReversed();
}
