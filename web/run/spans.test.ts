import { expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { noUsage } from "#protocol/events/events.ts";
import { RunTree } from "#runs/tree/run-tree.ts";
import { spansOf } from "./spans.ts";

const started: RunEventBody = {
  type: "run.started",
  run: "r1",
  file: "desk.tac",
  procedure: "main",
  input: {},
  isolation: "docker",
  manifest: "x",
  ungranted: [],
  resumed: false,
};
const turn = { turn: 1, agent: "clerk", model: "m", tools: [] };
const call = { call: 1, tool: "find", zone: "lua", arguments: {}, by: "agent", turn: 1 } as const;
const question = { type: "human.requested", request: "q1", kind: "approve", message: "Go on?" } as const;

/** Events by the milliseconds at which they happen. */
function spans(...events: ReadonlyArray<readonly [number, RunEventBody] | RunEvent>) {
  const tree = new RunTree("r1");
  events.forEach((event, index) => {
    const whole = "time" in event ? event : { seq: index + 1, time: timeAt(event[0]), ...event[1] };
    tree.apply(whole);
  });
  return spansOf(tree.root).map(({ node, depth, start, duration }) => [
    node.content.kind,
    depth,
    start,
    duration,
  ]);
}

function timeAt(milliseconds: number): string {
  return new Date(Date.UTC(2026, 0, 2) + milliseconds).toISOString();
}

test("what a turn calls stands under it, each from its beginning as long as it took", () => {
  expect(
    spans(
      [0, started],
      [100, { type: "turn.started", ...turn }],
      [150, { type: "tool.called", ...call }],
      [180, { type: "tool.returned", ...call, result: 1, durationMs: 30 }],
      [400, { type: "turn.finished", ...turn, usage: noUsage, durationMs: 300 }],
      [500, { type: "checkpoint", index: 1, kind: "turn", replayed: false, durationMs: 300 }],
    ),
  ).toEqual([
    ["turn", 0, 100, 300],
    ["tool", 1, 150, 30],
    ["checkpoint", 0, 500, 0],
  ]);
});

test("a question lasts until its answer; without one it has not ended", () => {
  const answer = { type: "human.responded", request: "q1", value: true, by: "person" } as const;
  expect(spans([0, started], [10, question], [60, answer])).toEqual([["human", 0, 10, 50]]);
  expect(spans([0, started], [10, question])).toEqual([["human", 0, 10, undefined]]);
});

test("times that are none, or lie before the start, count as the start", () => {
  const denied = { type: "tool.denied", tool: "x", zone: "host", reason: "no" } as const;
  expect(spans([0, started], { seq: 2, time: "never", ...denied }, [-9000, denied])).toEqual([
    ["denied", 0, 0, 0],
    ["denied", 0, 0, 0],
  ]);
});

test("a journal without a beginning has no timeline", () => {
  expect(spans([0, { type: "turn.started", ...turn }])).toEqual([]);
});
