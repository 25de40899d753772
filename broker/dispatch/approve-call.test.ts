import { describe, expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import { asks, noFiles, ScriptedSandbox } from "#test/support/scripted-sandbox.ts";
import { createHostTools } from "../host-tools/host-tools.ts";
import type { HumanFrontEnd } from "../humans/human-front-end.ts";
import { createHumans } from "../humans/humans.ts";
import type { RunPast } from "./run-past.ts";

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
