import { describe, expect, test } from "vitest";
import type { RunEventBody } from "#protocol/events/events.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import { asks, ScriptedSandbox } from "#test/support/scripted-sandbox.ts";

const call = { tool: "host.ping", arguments: { name: "x" }, by: "procedure" };

function made(request: number, method: string): { kind: "event"; event: RunEventBody } {
  return { kind: "event", event: { type: "request.made", request, method, digest: "d" } };
}

function answered(request: number): { kind: "event"; event: RunEventBody } {
  return { kind: "event", event: { type: "request.answered", request, value: "forged" } };
}

describe("a request that reaches others stands in the journal", () => {
  const note = { type: "log", level: "warn", message: expect.stringContaining("without telling of it") };
  const cases: ReadonlyArray<{
    name: string;
    said: object[];
    start?: Partial<StartMessage>;
    noted: boolean;
  }> = [
    { name: "told", said: [made(1, "host.call"), asks(1, "host.call", call, 1)], noted: false },
    { name: "not told", said: [asks(1, "host.call", call)], noted: true },
    {
      name: "told as another one",
      said: [made(1, "file.read"), asks(1, "host.call", call, 1)],
      noted: true,
    },
    {
      name: "told under another number",
      said: [made(1, "host.call"), asks(1, "host.call", call, 2)],
      noted: true,
    },
    {
      name: "told once and asked twice",
      said: [made(1, "host.call"), asks(0, "host.call", call, 1), asks(1, "host.call", call, 1)],
      noted: true,
    },
    { name: "a look at a file", said: [asks(1, "file.status", { path: "a" })], noted: false },
    { name: "a file", said: [asks(1, "file.write", { path: "a", text: "" })], noted: true },
    {
      name: "a file in memory",
      said: [asks(1, "file.write", { path: "a", text: "" })],
      start: { filesInMemory: true },
      noted: false,
    },
    {
      name: "a case of a test",
      said: [asks(1, "host.call", call)],
      start: { work: { kind: "scenario", seconds: 1 } },
      noted: false,
    },
  ];

  test.for(cases)("$name", async ({ said, start = {}, noted }) => {
    const sandbox = ScriptedSandbox.greeted({ start });
    sandbox.say(...said);
    await sandbox.replyTo(1);
    expect(sandbox.eventsOf("log")).toEqual(noted ? [note] : []);
  });

  test("and the note names what was asked for", async () => {
    const sandbox = ScriptedSandbox.greeted();
    await sandbox.ask("host.call", call);
    expect(sandbox.eventsOf("log")[0]?.message).toContain(
      'host.call without telling of it before: {"tool":"host.ping"',
    );
  });
});

describe("an answer of the host can't be told by the sandbox", () => {
  const forged: ReadonlyArray<{ name: string; said: object[] }> = [
    { name: "of nothing", said: [answered(1)] },
    { name: "of a request to a model", said: [made(1, "model.generate"), answered(1)] },
    { name: "of another request", said: [made(1, "plugin.call"), answered(2)] },
    { name: "twice", said: [made(1, "plugin.call"), answered(1), answered(1)] },
    {
      name: "of what the host was asked for",
      said: [
        made(1, "mcp.call"),
        asks(1, "mcp.call", { server: "s", tool: "t", arguments: {} }, 1),
        answered(1),
      ],
    },
  ];

  test.for(forged)("$name", async ({ said }) => {
    const sandbox = ScriptedSandbox.greeted();
    sandbox.say(...said);
    expect(await sandbox.outcome).toMatchObject({ ok: false, error: { code: "protocol-error" } });
  });

  test.for(["plugin.list", "plugin.call", "mcp.list", "mcp.call"])(
    "but of %s inside of it",
    async (method) => {
      const sandbox = ScriptedSandbox.greeted();
      sandbox.say(made(1, method), answered(1));
      await sandbox.ask("file.status", { path: "a" });
      expect(sandbox.eventsOf("request.answered")).toMatchObject([{ request: 1 }]);
    },
  );
});
