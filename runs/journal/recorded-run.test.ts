import { describe, expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { recordedRun } from "#runs/journal/recorded-run.ts";

const started = (resumed: boolean): RunEventBody => ({
  type: "run.started",
  run: "r",
  file: "a.tac",
  procedure: "main",
  input: {},
  isolation: "embedded",
  manifest: "",
  ungranted: [],
  resumed,
  origin: { seed: 1, time: 2, input: {}, textInput: {}, mock: false },
});
const made = (request: number, method = "host.call"): RunEventBody => ({
  type: "request.made",
  request,
  method,
  digest: "d",
});
const answered = (request: number): RunEventBody => ({ type: "request.answered", request, value: request });
const refused = (request: number): RunEventBody => ({
  type: "request.answered",
  request,
  error: { code: "model-failed", message: "" },
});
const checkpoint = (index: number, replayed = false): RunEventBody => ({
  type: "checkpoint",
  index,
  kind: "step",
  replayed,
  value: index,
  durationMs: 0,
});
const finished: RunEventBody = {
  type: "run.finished",
  status: "failed",
  durationMs: 0,
  usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
};
const log: RunEventBody = { type: "log", level: "info", message: "" };

function numbered(...bodies: RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ seq: index + 1, time: "2026-01-01T00:00:00.000Z", ...body }));
}

/** Requests as `r1`, checkpoints as `c1`; one under way has a `?`. */
function entriesOf(...bodies: RunEventBody[]): string[] | undefined {
  return recordedRun(numbered(started(false), ...bodies))?.past.entries.map((entry) =>
    entry.kind === "checkpoint" ? `c${entry.index}` : `r${entry.request}${entry.outcome ? "" : "?"}`,
  );
}

const cases: ReadonlyArray<{ name: string; events: RunEventBody[]; entries: string[] }> = [
  { name: "nothing happened", events: [log], entries: [] },
  { name: "in their order", events: [made(1), answered(1), checkpoint(1)], entries: ["r1", "c1"] },
  { name: "one under way", events: [checkpoint(1), made(1)], entries: ["c1", "r1?"] },
  {
    name: "refused at the end: under way",
    events: [checkpoint(1), made(1), refused(1)],
    entries: ["c1", "r1?"],
  },
  {
    name: "refused, and gone on from",
    events: [made(1), refused(1), checkpoint(1)],
    entries: ["r1", "c1"],
  },
  {
    name: "files that were looked at last: under way",
    events: [checkpoint(1), made(1, "file.read"), answered(1), made(2, "file.write"), answered(2)],
    entries: ["c1", "r1?"],
  },
  {
    name: "a part that made the loose end of the one before otherwise",
    events: [
      checkpoint(1),
      made(1, "file.read"),
      answered(1),
      finished,
      started(true),
      checkpoint(1, true),
      checkpoint(2),
      made(1),
      answered(1),
      checkpoint(3),
    ],
    entries: ["c1", "c2", "r1", "c3"],
  },
  {
    name: "cleared checkpoints, with what belongs to them",
    events: [
      checkpoint(1),
      made(1),
      answered(1),
      checkpoint(2),
      { type: "checkpoint.cleared", from: 2 },
      checkpoint(3),
    ],
    entries: ["c1", "c3"],
  },
];

test.for(cases)("$name", ({ events, entries }) => {
  expect(entriesOf(...events)).toEqual(entries);
});

describe("an answer to a question", () => {
  const asked: RunEventBody = { type: "human.requested", request: "q1", kind: "approval", message: "Sure?" };
  const said: RunEventBody = { type: "human.responded", request: "q1", value: true, by: "person" };
  const ways: ReadonlyArray<{ name: string; events: RunEventBody[]; asked: string[]; given: unknown[] }> = [
    { name: "that is not there", events: [made(1), asked], asked: ["q1"], given: [] },
    { name: "waits for its request", events: [made(1), asked, said], asked: ["q1"], given: [true] },
    { name: "is used up by its outcome", events: [made(1), asked, said, refused(1)], asked: [], given: [] },
    {
      name: "does not count for the same number asked anew",
      events: [made(1), asked, said, refused(1), finished, started(true), made(1), asked],
      asked: ["q1"],
      given: [],
    },
  ];

  test.for(ways)("$name", ({ events, asked: open, given }) => {
    const past = recordedRun(numbered(started(false), ...events))?.past;
    expect([...(past?.asked.keys() ?? [])]).toEqual(open);
    expect([...(past?.responses.values() ?? [])]).toEqual(given);
  });
});

test("an exact value is taken from its text", () => {
  const event = { ...checkpoint(1), value: 2, text: "2.0" } as RunEventBody;
  expect(recordedRun(numbered(started(false), event))?.past.entries).toMatchObject([{ text: "2.0" }]);
});

test("the tail is what the sandbox sent behind the last entry", () => {
  const events = numbered(started(false), log, checkpoint(1), log, finished);
  expect(recordedRun(events)?.tail.map(({ seq }) => seq)).toEqual([4]);
});

test("a journal that begins otherwise is none", () => {
  expect(recordedRun(numbered(log))).toBeUndefined();
});
