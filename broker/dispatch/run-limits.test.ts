import { expect, test, vi } from "vitest";
import type { Json } from "#common/json.ts";
import { ok } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import { asks, generateParams, ScriptedSandbox } from "#test/support/scripted-sandbox.ts";
import { plainStart } from "#test/support/start-message.ts";
import type { SpendingLimits } from "../spending/spending-limits.ts";

test("a sandbox that floods is stopped at the limit of output", async () => {
  const sandbox = ScriptedSandbox.greeted({ start: { limits: { ...plainStart.limits, outputBytes: 1000 } } });
  for (let count = 0; count < 300; count++) {
    sandbox.say({ kind: "event", event: { type: "output", stream: "stdout", text: "x".repeat(10_000) } });
  }
  expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "limit-output" } });
  expect(sandbox.events.at(-1)).toMatchObject({ type: "limit.hit", limit: "output" });
});

const usage = { inputTokens: 5, outputTokens: 5, totalTokens: 10 };
const call = { tool: "host.ping", arguments: {}, by: "procedure" };
const calledAt: RunEventBody = {
  type: "tool.called",
  call: 1,
  tool: "t",
  zone: "lua",
  arguments: {},
  by: "procedure",
  at: { file: "a.tac", line: 7 },
};
const overspending: ReadonlyArray<{
  limit: string;
  limits: Partial<SpendingLimits>;
  method: string;
  params: Json;
}> = [
  { limit: "turns", limits: { turns: 1 }, method: "model.generate", params: generateParams },
  { limit: "tokens", limits: { tokens: 10 }, method: "model.generate", params: generateParams },
  { limit: "cost", limits: { cost: 0.5 }, method: "model.generate", params: generateParams },
  { limit: "tool-calls", limits: { toolCalls: 1 }, method: "host.call", params: call },
];

test.for(overspending)(
  "a sandbox that spends more than its $limit is ended, and served no more",
  async ({ limit, limits, method, params }) => {
    const generate = vi.fn(async () =>
      ok({ text: "hi", toolCalls: [], finishReason: "stop", usage, cost: 0.5 }),
    );
    const sandbox = ScriptedSandbox.greeted({ services: { models: { generate } }, spending: limits });
    sandbox.say({ kind: "event", event: calledAt });
    expect(await sandbox.ask(method, params)).toMatchObject({ kind: "answer" });
    sandbox.say(asks(100, method, params));
    expect(await sandbox.outcome).toMatchObject({
      ok: false,
      error: { code: `limit-${limit}`, at: { file: "a.tac", line: 7 } },
    });
    expect(sandbox.eventsOf("limit.hit")).toMatchObject([{ limit }]);
    expect(generate.mock.calls.length).toBeLessThanOrEqual(1);
  },
);

test("a sandbox that calls too many tools of its own is ended", async () => {
  const sandbox = ScriptedSandbox.greeted({ spending: { toolCalls: 2 } });
  for (let count = 0; count < 3; count++) sandbox.say({ kind: "event", event: calledAt });
  expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "limit-tool-calls" } });
});

test("a sandbox that ignores its time is stopped", async () => {
  vi.useFakeTimers();
  const sandbox = ScriptedSandbox.greeted({ start: { limits: { ...plainStart.limits, timeSeconds: 5 } } });
  await vi.advanceTimersByTimeAsync(16_000);
  vi.useRealTimers();
  expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "limit-time" } });
  expect(sandbox.eventsOf("limit.hit")).toHaveLength(1);
});
