import { expect, test } from "vitest";
import { addUsage, noUsage, sandboxedEvent } from "./events.ts";

test.for([
  { type: "run.finished", status: "completed", durationMs: 1, usage: noUsage },
  { type: "run.started", run: "forged" },
  { type: "tool.denied", tool: "x", zone: "host", reason: "forged" },
  { type: "human.responded", request: "1", value: true, by: "person" },
  { type: "log", level: "info" },
  { type: "tool.called", call: 0, tool: "x", zone: "lua", arguments: {}, by: "agent" },
])("the sandbox can't send %o", (event) => {
  expect(sandboxedEvent.safeParse(event).success).toBe(false);
});

test("the sandbox says what was refused inside of it", () => {
  const event = { type: "tool.denied", tool: "files_remove", zone: "mcp", reason: "not allowed" };
  expect(sandboxedEvent.parse(event)).toEqual(event);
});

test("an event of the sandbox loses fields that the contract does not know", () => {
  expect(sandboxedEvent.parse({ type: "stage", name: "plan", seq: 7, time: "forged" })).toEqual({
    type: "stage",
    name: "plan",
  });
});

test("usage adds up", () => {
  const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 3 };
  expect(addUsage(addUsage(noUsage, usage), usage)).toEqual({
    inputTokens: 2,
    outputTokens: 4,
    totalTokens: 6,
  });
});
