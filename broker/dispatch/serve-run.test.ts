import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import type { Json } from "#common/json.ts";
import { ok } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import { encodeFrame } from "#protocol/wire/frames.ts";
import { maximumFrameBytes } from "#protocol/wire/limits.ts";
import { scriptedDefinition } from "#test/support/mcp-servers/scripted-definition.ts";
import { createHostTools } from "../host-tools/host-tools.ts";
import type { HumanFrontEnd } from "../humans/human-front-end.ts";
import { createHumans } from "../humans/humans.ts";
import { createHostMcp } from "../mcp/host-mcp.ts";
import { Redactor } from "../secrets/redactor.ts";
import type { SpendingLimits } from "../spending/spending-limits.ts";
import {
  finished,
  hello,
  key,
  noFiles,
  nowhere,
  plenty,
  ScriptedSandbox,
  services,
  start,
} from "../testing/scripted-sandbox.ts";
import { serveRun } from "./serve-run.ts";

const generateParams = {
  turn: 3,
  agent: "writer",
  provider: "openai",
  model: "gpt-4o",
  messages: [{ role: "user", text: "hi" }],
  tools: [],
  settings: {},
};

const noUsage = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };

describe("a whole run", () => {
  test("start, hello, events in order, requests answered, finished", async () => {
    const sandbox = ScriptedSandbox.greeted();
    sandbox.say({ kind: "event", event: { type: "stage", name: "one" } });
    const answer = await sandbox.ask("host.call", {
      tool: "host.ping",
      arguments: { value: 1 },
      by: "procedure",
    });
    sandbox.say({ kind: "event", event: { type: "stage", name: "two" } }, finished);
    expect(await sandbox.outcome).toEqual(ok(finished));
    expect(sandbox.received[0]).toEqual(start);
    expect(answer).toMatchObject({
      kind: "answer",
      value: { result: { ok: true, value: 1, echo: { value: 1 } } },
    });
    expect(sandbox.eventsOf("stage")).toEqual([
      { type: "stage", name: "one" },
      { type: "stage", name: "two" },
    ]);
  });

  test("frames may be cut anywhere", async () => {
    const sandbox = new ScriptedSandbox();
    const bytes = Buffer.concat(
      [hello, { kind: "event", event: { type: "stage", name: "é" } }, finished].map(encodeFrame),
    );
    for (const byte of bytes) sandbox.output.write(Buffer.of(byte));
    expect((await sandbox.outcome).ok).toBe(true);
    expect(sandbox.events).toEqual([{ type: "stage", name: "é" }]);
  });

  test("a refusal of a service goes in with its code and message", async () => {
    const sandbox = ScriptedSandbox.greeted();
    expect(await sandbox.ask("file.read", { path: "x.txt" })).toEqual({ kind: "refusal", id: 1, ...nowhere });
  });

  test("an output that ends without a last message is a lost sandbox", async () => {
    const sandbox = ScriptedSandbox.greeted();
    sandbox.output.end();
    expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "sandbox-lost" } });
  });

  test("a sandbox that was gone before the start is lost too", async () => {
    const output = new PassThrough();
    output.destroy();
    const outcome = await serveRun({
      output,
      input: new PassThrough(),
      start,
      services: services(),
      emit: () => undefined,
      signal: new AbortController().signal,
      redactor: new Redactor(),
      spending: { limits: plenty },
    });
    expect(outcome).toMatchObject({ ok: false, error: { code: "sandbox-lost" } });
  });

  test("a sandbox that never greets is given up", async () => {
    const sandbox = new ScriptedSandbox({ helloSeconds: 0.05 });
    expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "sandbox-lost" } });
  });

  test("a start that is too large for a frame is said at once", async () => {
    const sandbox = new ScriptedSandbox({ start: { source: "x".repeat(maximumFrameBytes) } });
    expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "protocol-error" } });
  });
});

describe("a hostile sandbox", () => {
  const event = { kind: "event", event: { type: "stage", name: "x" } };
  const request = {
    kind: "request",
    id: 1,
    method: "host.call",
    params: { tool: "host.ping", arguments: {}, by: "procedure" },
  };

  test.for<[string, unknown[]]>([
    ["a forged nonce", [{ ...hello, nonce: "fedcba9876543210" }]],
    ["another version", [{ ...hello, version: 2 }]],
    ["events before hello", [event, hello]],
    ["a request before hello", [request, hello]],
    ["the end before hello", [finished]],
    ["a second hello", [hello, hello]],
    ["an unknown kind of message", [hello, { kind: "surprise" }]],
    ["no object", [hello, 7]],
    [
      "an event that only the host may send",
      [hello, { kind: "event", event: { type: "human.responded", request: "1", value: true, by: "person" } }],
    ],
    ["an event with a wrong field", [hello, { kind: "event", event: { type: "stage", name: 7 } }]],
    ["the same request number twice", [hello, request, request]],
    ["falling request numbers", [hello, { ...request, id: 5 }, { ...request, id: 4 }]],
    ["a fractional request number", [hello, { ...request, id: 1.5 }]],
  ])("is stopped at %s", async ([, messages]) => {
    const sandbox = new ScriptedSandbox();
    sandbox.say(...messages);
    expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "protocol-error" } });
    expect(sandbox.eventsOf("stage")).toEqual([]);
  });

  test.for<[string, string]>([
    ["what is no JSON", "{]\n"],
    ["a frame that is nested too deep", `${"[".repeat(100)}${"]".repeat(100)}\n`],
    ["an endless line", "x".repeat(maximumFrameBytes + 10)],
  ])("is stopped at %s", async ([, text]) => {
    const sandbox = ScriptedSandbox.greeted();
    sandbox.output.write(text);
    expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "protocol-error" } });
  });

  test("gets a refusal for what is answered inside the sandbox", async () => {
    const sandbox = ScriptedSandbox.greeted();
    for (const method of ["plugin.list", "plugin.call"]) {
      expect(await sandbox.ask(method, {})).toMatchObject({ kind: "refusal", code: "unknown-method" });
    }
  });

  test("gets a refusal for a method that does not exist, and people see it", async () => {
    const sandbox = ScriptedSandbox.greeted();
    for (const method of ["exec", "__proto__", "constructor", "toString"]) {
      expect(await sandbox.ask(method, {})).toMatchObject({ kind: "refusal", code: "unknown-method" });
    }
    expect(sandbox.eventsOf("log")).toHaveLength(4);
    for (let count = 0; count < 100; count++) await sandbox.ask("exec", {});
    expect(sandbox.eventsOf("log").length).toBeLessThanOrEqual(20);
  });

  test("gets a refusal for wrong parameters; the service is not asked", async () => {
    const read = vi.fn();
    const sandbox = ScriptedSandbox.greeted({ services: { workspace: { ...services().workspace, read } } });
    expect(await sandbox.ask("file.read", { path: 7 })).toMatchObject({
      kind: "refusal",
      code: "request-invalid",
    });
    expect(await sandbox.ask("file.read", [])).toMatchObject({ kind: "refusal", code: "request-invalid" });
    expect(read).not.toHaveBeenCalled();
  });

  test("is told nothing of what fails on the host", async () => {
    const sandbox = ScriptedSandbox.greeted({
      services: { models: { generate: () => Promise.reject(new Error("/home/person/secret exploded")) } },
    });
    const reply = await sandbox.ask("model.generate", generateParams);
    expect(reply).toMatchObject({ kind: "refusal", code: "host-failed" });
    expect(JSON.stringify(reply)).not.toContain("exploded");
    expect(JSON.stringify(sandbox.eventsOf("log"))).toContain("exploded");
  });

  test("has only so many requests under way", async () => {
    const waiting = Promise.withResolvers<never>();
    const generate = vi.fn(() => waiting.promise);
    const sandbox = ScriptedSandbox.greeted({ services: { models: { generate } } });
    for (let id = 1; id <= 40; id++)
      sandbox.say({ kind: "request", id, method: "model.generate", params: generateParams });
    expect(await sandbox.replyTo(40)).toMatchObject({ kind: "refusal", code: "too-many-requests" });
    expect(generate).toHaveBeenCalledTimes(16);
  });

  test("that does not read its answers gets no more of them", async () => {
    const read = vi.fn(async () => ok({ text: "x".repeat(1024 * 1024) }));
    const sandbox = ScriptedSandbox.greeted({ services: { workspace: { ...services().workspace, read } } });
    sandbox.input.pause();
    for (let id = 1; id <= 100; id++)
      sandbox.say({ kind: "request", id, method: "file.read", params: { path: "a" } });
    sandbox.say({ kind: "event", event: { type: "stage", name: "all sent" } });
    await vi.waitFor(() => expect(sandbox.eventsOf("stage")).toHaveLength(1));
    expect(read.mock.calls.length).toBeLessThanOrEqual(17);
  });

  test("nothing counts after finished", async () => {
    const status = vi.fn();
    const sandbox = ScriptedSandbox.greeted({ services: { workspace: { ...services().workspace, status } } });
    sandbox.say(finished, { kind: "request", id: 1, method: "file.status", params: { path: "a" } }, event);
    expect((await sandbox.outcome).ok).toBe(true);
    sandbox.say({ kind: "request", id: 2, method: "file.status", params: { path: "a" } }, event);
    await setImmediate();
    expect(status).not.toHaveBeenCalled();
    expect(sandbox.events).toEqual([]);
  });

  test("that floods is stopped at the limit of output", async () => {
    const sandbox = ScriptedSandbox.greeted({ start: { limits: { ...start.limits, outputBytes: 1000 } } });
    for (let count = 0; count < 300; count++) {
      sandbox.say({ kind: "event", event: { type: "output", stream: "stdout", text: "x".repeat(10_000) } });
    }
    expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "limit-output" } });
    expect(sandbox.events.at(-1)).toMatchObject({ type: "limit.hit", limit: "output" });
  });

  const usage = { inputTokens: 5, outputTokens: 5, totalTokens: 10 };
  const asked = {
    turn: 1,
    agent: "clerk",
    provider: "p",
    model: "m",
    messages: [],
    tools: [],
    settings: {},
  };
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
    { limit: "turns", limits: { turns: 1 }, method: "model.generate", params: asked },
    { limit: "tokens", limits: { tokens: 10 }, method: "model.generate", params: asked },
    { limit: "cost", limits: { cost: 0.5 }, method: "model.generate", params: asked },
    { limit: "tool-calls", limits: { toolCalls: 1 }, method: "host.call", params: call },
  ];

  test.for(overspending)(
    "that spends more than its $limit is ended, and served no more",
    async ({ limit, limits, method, params }) => {
      const generate = vi.fn(async () =>
        ok({ text: "hi", toolCalls: [], finishReason: "stop", usage, cost: 0.5 }),
      );
      const sandbox = ScriptedSandbox.greeted({ services: { models: { generate } }, spending: limits });
      sandbox.say({ kind: "event", event: calledAt });
      expect(await sandbox.ask(method, params)).toMatchObject({ kind: "answer" });
      sandbox.say({ kind: "request", id: 100, method, params });
      expect(await sandbox.outcome).toMatchObject({
        ok: false,
        error: { code: `limit-${limit}`, at: { file: "a.tac", line: 7 } },
      });
      expect(sandbox.eventsOf("limit.hit")).toMatchObject([{ limit }]);
      expect(generate.mock.calls.length).toBeLessThanOrEqual(1);
    },
  );

  test("that calls too many tools of its own is ended", async () => {
    const sandbox = ScriptedSandbox.greeted({ spending: { toolCalls: 2 } });
    for (let count = 0; count < 3; count++) sandbox.say({ kind: "event", event: calledAt });
    expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "limit-tool-calls" } });
  });

  test("that ignores its time is stopped", async () => {
    vi.useFakeTimers();
    const sandbox = ScriptedSandbox.greeted({ start: { limits: { ...start.limits, timeSeconds: 5 } } });
    await vi.advanceTimersByTimeAsync(16_000);
    vi.useRealTimers();
    expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "limit-time" } });
    expect(sandbox.eventsOf("limit.hit")).toHaveLength(1);
  });

  test("can't reach the prototype of our objects", async () => {
    const sandbox = ScriptedSandbox.greeted();
    sandbox.output.write(
      '{"kind":"event","event":{"type":"state","key":"k","value":{"__proto__":{"polluted":1}}}}\n',
    );
    sandbox.say(finished);
    await sandbox.outcome;
    const [state] = sandbox.eventsOf("state");
    expect(Reflect.get(Object(state?.value), "polluted")).toBeUndefined();
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("cancelling", () => {
  test("is told once, aborts what is under way, and still takes the end", async () => {
    let aborted = false;
    const sandbox = ScriptedSandbox.greeted({
      services: {
        models: {
          generate: (_params, { signal }) =>
            new Promise(() =>
              signal.addEventListener("abort", () => {
                aborted = true;
              }),
            ),
        },
      },
    });
    sandbox.say({ kind: "request", id: 1, method: "model.generate", params: generateParams });
    await vi.waitFor(() => expect(sandbox.received).toHaveLength(1));
    sandbox.cancel.abort();
    expect(await sandbox.replyTo(1)).toMatchObject({ kind: "refusal", code: "cancelled" });
    sandbox.say({ ...finished, status: "cancelled" });
    expect(await sandbox.outcome).toMatchObject({ ok: true, value: { status: "cancelled" } });
    expect(aborted).toBe(true);
    expect(sandbox.received.filter(({ kind }) => kind === "cancel")).toHaveLength(1);
  });

  test("refuses what is asked after it", async () => {
    const write = vi.fn();
    const sandbox = ScriptedSandbox.greeted({ services: { workspace: { ...services().workspace, write } } });
    sandbox.cancel.abort();
    const reply = await sandbox.ask("file.write", { path: "a", text: "late" });
    expect(reply).toMatchObject({ kind: "refusal", code: "cancelled" });
    expect(write).not.toHaveBeenCalled();
  });

  test("before the start is told right after it", async () => {
    const sandbox = new ScriptedSandbox({ signal: AbortSignal.abort() });
    await vi.waitFor(() => expect(sandbox.received.map(({ kind }) => kind)).toEqual(["start", "cancel"]));
    sandbox.output.end();
    await sandbox.outcome;
  });
});

describe("events of the host", () => {
  test("a denied MCP server, and a denied tool of one", async () => {
    const sandbox = ScriptedSandbox.greeted({
      services: { mcp: createHostMcp({ files: { ...scriptedDefinition(), tools: ["add"] } }, {}) },
    });
    const asked = [
      await sandbox.ask("mcp.list", { server: "other" }),
      await sandbox.ask("mcp.call", { server: "files", tool: "fail", arguments: {} }),
    ];
    for (const reply of asked) expect(reply).toMatchObject({ kind: "refusal", code: "tool-denied" });
    expect(sandbox.eventsOf("tool.denied")).toMatchObject([
      { tool: "other", zone: "mcp", reason: expect.stringMatching(/mcp_servers/) },
      { tool: "files_fail", zone: "mcp", reason: expect.stringMatching(/mcp_servers\.files\.tools/) },
    ]);
  });

  test("a denied host tool", async () => {
    const sandbox = ScriptedSandbox.greeted();
    const reply = await sandbox.ask("host.call", { tool: "host.shell", arguments: {}, by: "agent" });
    expect(reply).toMatchObject({ kind: "refusal", code: "tool-denied" });
    expect(sandbox.eventsOf("tool.denied")).toMatchObject([{ tool: "host.shell", zone: "host" }]);
  });

  test("a question and its answer have the same number", async () => {
    const sandbox = ScriptedSandbox.greeted({
      services: { humans: createHumans({ frontEnd: { ask: async () => true }, files: noFiles }) },
    });
    const reply = await sandbox.ask("human.ask", {
      kind: "approval",
      message: "Deploy?",
      details: { context: { secret: "shown to the person only" } },
      at: { file: "a.tac", line: 3 },
    });
    expect(reply).toMatchObject({ kind: "answer", value: { value: true, by: "person" } });
    const [asked] = sandbox.eventsOf("human.requested");
    const [answered] = sandbox.eventsOf("human.responded");
    expect(asked).toMatchObject({ kind: "approval", message: "Deploy?", at: { file: "a.tac", line: 3 } });
    expect(answered).toMatchObject({ request: asked?.request, kind: "approval", value: true, by: "person" });
  });

  test("a model's text comes gathered, whole, and before its answer", async () => {
    const text = Array.from({ length: 2000 }, (_, index) => `word${index} `);
    const sandbox = ScriptedSandbox.greeted({
      services: {
        models: {
          generate: async (_params, { onDelta }) => {
            for (const piece of text) onDelta(piece);
            return ok({ text: text.join(""), toolCalls: [], finishReason: "stop", usage: noUsage });
          },
        },
      },
    });
    await sandbox.ask("model.generate", generateParams);
    const deltas = sandbox.eventsOf("turn.delta");
    expect(deltas.map((delta) => delta.text).join("")).toBe(text.join(""));
    expect(deltas.length).toBeLessThan(10);
    expect(deltas.every(({ turn }) => turn === 3)).toBe(true);
  });
});

describe("a host tool that a person must allow", () => {
  const action = { kind: "command", command: ["echo", "1"], folder: "/" } as const;
  const careful = () =>
    createHostTools({ tools: { careful: { action, approval: "each" } }, allowed: ["careful"] });
  const params = { tool: "careful", arguments: {}, by: "agent", at: { file: "a.tac", line: 3 } };
  const people: ReadonlyArray<{ name: string; frontEnd?: HumanFrontEnd; reply: object; by: string }> = [
    {
      name: "yes",
      frontEnd: { ask: async () => true },
      reply: { kind: "answer", value: { result: 1 } },
      by: "person",
    },
    {
      name: "no",
      frontEnd: { ask: async () => false },
      reply: { kind: "refusal", code: "tool-denied" },
      by: "person",
    },
    { name: "nobody is there", reply: { kind: "refusal", code: "tool-denied" }, by: "default" },
  ];

  test.for(people)("$name", async ({ frontEnd, reply, by }) => {
    const humans = createHumans({ frontEnd, files: noFiles });
    const sandbox = ScriptedSandbox.greeted({ services: { hostTools: careful(), humans } });
    expect(await sandbox.ask("host.call", params)).toMatchObject(reply);
    expect(sandbox.eventsOf("human.requested")).toMatchObject([
      {
        kind: "approval",
        message: expect.stringContaining("careful"),
        details: { tool: "careful", by: "agent", call: { command: ["echo", "1"] } },
        at: { line: 3 },
      },
    ]);
    expect(sandbox.eventsOf("human.responded")).toMatchObject([{ by }]);
    expect(sandbox.eventsOf("tool.denied")).toHaveLength("code" in reply ? 1 : 0);
  });

  test("a question that is closed or fails is no permission, and the run does not wait for it", async () => {
    for (const ask of [async () => undefined, async () => Promise.reject(new Error("gone"))]) {
      const humans = createHumans({ frontEnd: { ask }, files: noFiles });
      const sandbox = ScriptedSandbox.greeted({ services: { hostTools: careful(), humans } });
      expect(await sandbox.ask("host.call", params)).toMatchObject({ kind: "refusal", code: "tool-denied" });
      expect(sandbox.eventsOf("human.responded")).toMatchObject([{ value: false, by: "default" }]);
    }
  });
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

describe("a known key", () => {
  const base64 = Buffer.from(`id:${key}:end`).toString("base64");
  const forms: [string, string][] = [
    ["raw", key],
    ["in base64 within a longer text", base64],
    ["in base64url", Buffer.from(`>>>${key}???`).toString("base64url")],
    ["URL-encoded", encodeURIComponent(key)],
  ];

  test.for(forms)("never leaves %s, neither into the sandbox nor into an event", async ([, form]) => {
    const pieces = [...form];
    const middle = Math.floor(pieces.length / 2);
    const sandbox: ScriptedSandbox = ScriptedSandbox.greeted({
      services: {
        models: {
          generate: async (_params, { onDelta }) => {
            for (const piece of ["before ", ...pieces.slice(0, middle)]) onDelta(piece);
            await vi.waitFor(() => expect(sandbox.eventsOf("turn.delta")).not.toEqual([]));
            for (const piece of [...pieces.slice(middle), " after"]) onDelta(piece);
            return ok({ text: `it is ${form}`, toolCalls: [], finishReason: "stop", usage: noUsage });
          },
        },
        hostTools: { ...createHostTools(), call: async () => ok({ [form]: [form] }) },
        humans: createHumans({ frontEnd: { ask: async () => form }, files: noFiles }),
      },
    });
    await sandbox.ask("model.generate", generateParams);
    await sandbox.ask("host.call", { tool: "any", arguments: {}, by: "procedure" });
    await sandbox.ask("human.ask", { kind: "input", message: form, details: {} });
    sandbox.say({
      kind: "event",
      event: { type: "log", level: "info", message: form, data: { [form]: form } },
    });
    sandbox.say({ ...finished, result: { leak: form } });
    const outcome = await sandbox.outcome;
    const everything = JSON.stringify([sandbox.received, sandbox.events, outcome]);
    expect(everything).not.toContain(form);
    expect(everything).not.toContain(key.slice(4, 24));
    const deltas = sandbox
      .eventsOf("turn.delta")
      .map((delta) => delta.text)
      .join("");
    expect(deltas).toContain("before ");
    expect(deltas).toContain("[redacted]");
    expect(deltas).toContain(" after");
  });
});

test("of 20,000 events in large chunks none is lost", async () => {
  const sandbox = ScriptedSandbox.greeted({ start: { limits: { ...start.limits, outputBytes: 1 << 30 } } });
  const event = encodeFrame({
    kind: "event",
    event: {
      type: "tool.called",
      call: 1,
      tool: "add",
      zone: "lua",
      arguments: { a: 1, b: [1, 2] },
      by: "procedure",
    },
  });
  const chunk = Buffer.concat(Array.from({ length: 500 }, () => event));
  for (let count = 0; count < 40; count++) sandbox.output.write(chunk);
  sandbox.say(finished);
  await sandbox.outcome;
  expect(sandbox.events).toHaveLength(20_000);
});
