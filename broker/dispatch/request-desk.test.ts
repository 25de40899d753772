import { describe, expect, test, vi } from "vitest";
import type { Json } from "#common/json.ts";
import { ok } from "#common/result.ts";
import { maximumFrameBytes } from "#protocol/wire/limits.ts";
import { asks, generateParams, noFiles, ScriptedSandbox, services } from "#test/support/scripted-sandbox.ts";
import { plainStart } from "#test/support/start-message.ts";
import { createHostTools } from "../host-tools/host-tools.ts";
import { createHumans } from "../humans/humans.ts";

describe("a refusal", () => {
  test("is the answer to what is answered inside the sandbox", async () => {
    const sandbox = ScriptedSandbox.greeted();
    for (const method of ["plugin.list", "plugin.call"]) {
      expect(await sandbox.ask(method, {})).toMatchObject({ kind: "refusal", code: "unknown-method" });
    }
  });

  test("is the answer to a method that does not exist, and people see it", async () => {
    const sandbox = ScriptedSandbox.greeted();
    for (const method of ["exec", "__proto__", "constructor", "toString"]) {
      expect(await sandbox.ask(method, {})).toMatchObject({ kind: "refusal", code: "unknown-method" });
    }
    expect(sandbox.eventsOf("log")).toHaveLength(4);
  });

  test("is the answer to wrong parameters; the service is not asked", async () => {
    const read = vi.fn();
    const sandbox = ScriptedSandbox.greeted({ services: { workspace: { ...services().workspace, read } } });
    expect(await sandbox.ask("file.read", { path: 7 })).toMatchObject({
      kind: "refusal",
      code: "request-invalid",
    });
    expect(await sandbox.ask("file.read", [])).toMatchObject({ kind: "refusal", code: "request-invalid" });
    expect(read).not.toHaveBeenCalled();
  });

  test("tells nothing of what fails on the host", async () => {
    const sandbox = ScriptedSandbox.greeted({
      services: { models: { generate: () => Promise.reject(new Error("/home/person/secret exploded")) } },
    });
    const reply = await sandbox.ask("model.generate", generateParams);
    expect(reply).toMatchObject({ kind: "refusal", code: "host-failed" });
    expect(JSON.stringify(reply)).not.toContain("exploded");
    expect(JSON.stringify(sandbox.eventsOf("log"))).toContain("exploded");
  });

  test("tells nothing of what went wrong while a question was shown", async () => {
    const frontEnd = { ask: () => Promise.reject(new Error("no /home/person/secret-folder")) };
    const sandbox = ScriptedSandbox.greeted({
      services: { humans: createHumans({ frontEnd, files: noFiles }) },
    });
    const reply = await sandbox.ask("human.ask", { kind: "input", message: "Name?", details: {} });
    expect(reply).toMatchObject({ kind: "refusal", code: "human-failed" });
    expect(JSON.stringify(reply)).not.toContain("secret-folder");
    expect(JSON.stringify(sandbox.eventsOf("log"))).toContain("secret-folder");
  });
});

test("a sandbox has only so many requests under way", async () => {
  const waiting = Promise.withResolvers<never>();
  const generate = vi.fn(() => waiting.promise);
  const sandbox = ScriptedSandbox.greeted({ services: { models: { generate } } });
  for (let id = 1; id <= 40; id++) sandbox.say(asks(id, "model.generate", generateParams));
  expect(await sandbox.replyTo(40)).toMatchObject({ kind: "refusal", code: "too-many-requests" });
  await vi.waitFor(() => expect(generate).toHaveBeenCalledTimes(16));
});

test("a sandbox that does not read its answers gets no more of them", async () => {
  const read = vi.fn(async () => ok({ text: "x".repeat(1024 * 1024) }));
  const sandbox = ScriptedSandbox.greeted({ services: { workspace: { ...services().workspace, read } } });
  sandbox.input.pause();
  for (let id = 1; id <= 100; id++) sandbox.say(asks(id, "file.read", { path: "a" }));
  sandbox.say({ kind: "event", event: { type: "stage", name: "all sent" } });
  await vi.waitFor(() => expect(sandbox.eventsOf("stage")).toHaveLength(1));
  expect(read.mock.calls.length).toBeLessThanOrEqual(17);
});

describe("floods", () => {
  test("of requests whose answers nobody reads end the run", async () => {
    const sandbox = ScriptedSandbox.greeted();
    sandbox.input.pause();
    for (let id = 1; id <= 3000; id++) sandbox.say(asks(id, "exec", {}));
    expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "protocol-error" } });
  });

  test("of unknown methods say once that they go on in silence", async () => {
    const sandbox = ScriptedSandbox.greeted();
    for (let count = 0; count < 30; count++) await sandbox.ask("exec", {});
    const told = sandbox.eventsOf("log").map(({ message }) => message);
    expect(told).toHaveLength(20);
    expect(told.at(-1)).toContain("Further ones are denied without a word.");
  });
});

test("a service that never answers is given up at the deadline of its method", async () => {
  vi.useFakeTimers();
  try {
    const read = (): Promise<never> => new Promise(() => {});
    const sandbox = ScriptedSandbox.greeted({
      services: { workspace: { ...services().workspace, read } },
      start: { limits: { ...plainStart.limits, timeSeconds: 600 } },
    });
    sandbox.say(asks(1, "file.read", { path: "a" }));
    await vi.advanceTimersByTimeAsync(61_000);
    expect(sandbox.received.at(-1)).toMatchObject({ kind: "refusal", id: 1, code: "deadline-exceeded" });
  } finally {
    vi.useRealTimers();
  }
});

describe("answers", () => {
  test.for<[string, Json]>([
    ["too large", "x".repeat(maximumFrameBytes)],
    ["too deep", Array.from({ length: 80 }).reduce<Json>((inner) => [inner], 1)],
  ])("that are %s become a refusal", async ([, value]) => {
    const sandbox = ScriptedSandbox.greeted({
      services: { hostTools: { ...createHostTools(), call: async () => ok(value) } },
    });
    const reply = await sandbox.ask("host.call", { tool: "any", arguments: {}, by: "procedure" });
    expect(reply).toMatchObject({ kind: "refusal", code: "answer-too-large" });
  });

  test("of the greatest depth still arrive", async () => {
    const value = Array.from({ length: 57 }).reduce<Json>((inner) => [inner], 1);
    const sandbox = ScriptedSandbox.greeted({
      services: { hostTools: { ...createHostTools(), call: async () => ok(value) } },
    });
    const reply = await sandbox.ask("host.call", { tool: "any", arguments: {}, by: "procedure" });
    expect(reply).toMatchObject({ kind: "answer", value: { result: value } });
  });
});
