import { describe, expect, test, vi } from "vitest";
import type { Json } from "#common/json.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import { createHostTools } from "../host-tools/host-tools.ts";
import { createHumans } from "../humans/humans.ts";
import { noFiles, ScriptedSandbox, services } from "../testing/scripted-sandbox.ts";
import type { RunPast } from "./run-past.ts";

const call = { tool: "host.ping", arguments: { name: "x" }, by: "procedure" };

function made(request: number, method: string): { kind: "event"; event: RunEventBody } {
  return { kind: "event", event: { type: "request.made", request, method, digest: "d" } };
}

function answered(request: number): { kind: "event"; event: RunEventBody } {
  return { kind: "event", event: { type: "request.answered", request, value: "forged" } };
}

function asks(id: number, method: string, params: Json, number?: number): object {
  return { kind: "request", id, ...(number !== undefined && { number }), method, params };
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
      start: { limits: { timeSeconds: 600, luaMemoryBytes: 1, instructions: 1, outputBytes: 1 << 20 } },
    });
    sandbox.say(asks(1, "file.read", { path: "a" }));
    await vi.advanceTimersByTimeAsync(61_000);
    expect(sandbox.received.at(-1)).toMatchObject({ kind: "refusal", id: 1, code: "deadline-exceeded" });
  } finally {
    vi.useRealTimers();
  }
});

test("what went wrong while a question was shown stays on the host", async () => {
  const frontEnd = { ask: () => Promise.reject(new Error("no /home/person/secret-folder")) };
  const sandbox = ScriptedSandbox.greeted({
    services: { humans: createHumans({ frontEnd, files: noFiles }) },
  });
  const reply = await sandbox.ask("human.ask", { kind: "input", message: "Name?", details: {} });
  expect(reply).toMatchObject({ kind: "refusal", code: "human-failed" });
  expect(JSON.stringify(reply)).not.toContain("secret-folder");
  expect(JSON.stringify(sandbox.eventsOf("log"))).toContain("secret-folder");
});

describe("leave that a person gave in an earlier part of the run", () => {
  const action = { kind: "command", command: ["echo", "{n}"], folder: "/" } as const;
  const hostTools = () =>
    createHostTools({ tools: { careful: { action, approval: "each" } }, allowed: ["careful"] });
  const careful = (n: number): Json => ({ tool: "careful", arguments: { n }, by: "agent" });

  /** The journal of a run in which the tool was asked for with 1, and a person said yes while nothing ran. */
  async function allowed(): Promise<RunPast> {
    const first = ScriptedSandbox.greeted({ services: { hostTools: hostTools() } });
    first.say(asks(1, "host.call", careful(1), 7));
    await first.replyTo(1);
    const [question] = first.eventsOf("human.requested");
    if (!question) throw new Error("Nobody was asked.");
    return {
      entries: [],
      asked: new Map([[question.request, { at: Date.now(), question }]]),
      responses: new Map([[question.request, true]]),
    };
  }

  const uses: ReadonlyArray<{ name: string; calls: Json[]; replies: object[]; asked: number }> = [
    { name: "counts for that call", calls: [careful(1)], replies: [{ kind: "answer" }], asked: 0 },
    {
      name: "does not count for another one",
      calls: [careful(2)],
      replies: [{ code: "tool-denied" }],
      asked: 1,
    },
    {
      name: "counts once",
      calls: [careful(1), careful(1)],
      replies: [{ kind: "answer" }, { code: "tool-denied" }],
      asked: 1,
    },
  ];

  test.for(uses)("$name", async ({ calls, replies, asked }) => {
    const resumed = ScriptedSandbox.greeted({ services: { hostTools: hostTools() }, past: await allowed() });
    for (const [index, params] of calls.entries()) {
      resumed.say(asks(index + 1, "host.call", params, 7));
      expect(await resumed.replyTo(index + 1)).toMatchObject(replies[index] ?? {});
    }
    expect(resumed.eventsOf("human.requested")).toHaveLength(asked);
  });

  test("does not count for a question of the procedure under its number", async () => {
    const frontEnd = { ask: async () => false };
    const humans = createHumans({ frontEnd, files: noFiles });
    const resumed = ScriptedSandbox.greeted({ services: { humans }, past: await allowed() });
    resumed.say(asks(1, "human.ask", { kind: "approval", message: "Sure?", details: {} }, 7));
    expect(await resumed.replyTo(1)).toMatchObject({ kind: "answer", value: { value: false } });
  });
});

test("one who writes single bytes is read like everybody else", async () => {
  const sandbox = ScriptedSandbox.greeted();
  const frame = Buffer.from(
    `${JSON.stringify({ kind: "event", event: { type: "stage", name: "x".repeat(5000) } })}\n`,
  );
  for (const byte of frame) sandbox.output.write(Buffer.of(byte));
  await sandbox.ask("file.status", { path: "a" });
  expect(sandbox.eventsOf("stage")[0]?.name).toHaveLength(5000);
});

test("nothing that is copied gets another prototype, however its name is written", async () => {
  const sandbox = ScriptedSandbox.greeted();
  sandbox.output.write(
    '{"kind":"event","event":{"type":"state","key":"k","value":{"\\u005f\\u005fproto\\u005f\\u005f":{"polluted":1}}}}\n',
  );
  await sandbox.ask("file.status", { path: "a" });
  expect(sandbox.eventsOf("state")).toEqual([{ type: "state", key: "k", value: {} }]);
});
