import { expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "#protocol/events/events.ts";
import { spentBefore } from "#runs/journal/spent-before.ts";

const usage = { inputTokens: 2, outputTokens: 1, totalTokens: 3 };
const called: RunEventBody = {
  type: "tool.called",
  call: 1,
  tool: "t",
  zone: "lua",
  arguments: {},
  by: "agent",
};

function journal(...bodies: readonly RunEventBody[]): RunEvent[] {
  return bodies.map((body, index) => ({ seq: index + 1, time: "2026-01-01T00:00:00.000Z", ...body }));
}

test("the last word on models, and every tool call", () => {
  const events = journal(
    called,
    { type: "spending", turns: 1, usage, cost: 0.1 },
    called,
    { type: "spending", turns: 2, usage: { ...usage, totalTokens: 6 }, cost: 0.3 },
    called,
  );
  expect(spentBefore(events)).toEqual({
    turns: 2,
    toolCalls: 3,
    usage: { ...usage, totalTokens: 6 },
    cost: 0.3,
  });
});

test("a run that asked no model spent nothing", () => {
  expect(spentBefore([])).toMatchObject({ turns: 0, toolCalls: 0, cost: 0 });
});
