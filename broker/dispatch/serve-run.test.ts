import { PassThrough } from "node:stream";
import { describe, expect, test, vi } from "vitest";
import { ok } from "#common/result.ts";
import { noUsage } from "#protocol/events/usage.ts";
import { encodeFrame } from "#protocol/wire/frames.ts";
import { maximumFrameBytes } from "#protocol/wire/limits.ts";
import { everythingListed } from "#test/support/everything-listed.ts";
import { scriptedDefinition } from "#test/support/mcp-servers/scripted-definition.ts";
import {
  asks,
  finished,
  generateParams,
  hello,
  key,
  noFiles,
  nowhere,
  plenty,
  ScriptedSandbox,
  services,
} from "#test/support/scripted-sandbox.ts";
import { plainStart } from "#test/support/start-message.ts";
import { createHostTools } from "../host-tools/host-tools.ts";
import { createHumans } from "../humans/humans.ts";
import { createHostMcp } from "../mcp/host-mcp.ts";
import { Redactor } from "../secrets/redactor.ts";
import type { BrokerServices } from "../services.ts";
import { serveRun } from "./serve-run.ts";

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
    expect(sandbox.received[0]).toEqual(plainStart);
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
      start: plainStart,
      services: services(),
      emit: () => undefined,
      signal: new AbortController().signal,
      redactor: new Redactor(),
      listed: everythingListed,
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

describe("cancelling", () => {
  test("is told once, aborts what is under way, and still takes the end", async () => {
    let aborted = false;
    const generate = vi.fn<BrokerServices["models"]["generate"]>(
      (_params, { signal }) =>
        new Promise(() =>
          signal.addEventListener("abort", () => {
            aborted = true;
          }),
        ),
    );
    const sandbox = ScriptedSandbox.greeted({ services: { models: { generate } } });
    sandbox.say(asks(1, "model.generate", generateParams));
    await vi.waitFor(() => expect(generate).toHaveBeenCalled());
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
  const sandbox = ScriptedSandbox.greeted({
    start: { limits: { ...plainStart.limits, outputBytes: 1 << 30 } },
  });
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
