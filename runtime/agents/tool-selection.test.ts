import { describe, expect, test } from "vitest";
import { type Decoded, DecodedFunction, DecodedHandle } from "../schema/decoded.ts";
import { ScriptedRun } from "./scripted-run.ts";
import { failureOf, lookup, risky, tools, turn } from "./scripted-turn.ts";

describe("tools of a turn", () => {
  test.for<[label: string, declared: Decoded, requested: Decoded, offered: string[]]>([
    ["all by default", undefined, undefined, ["lookup", "risky", "done"]],
    ["declared ones", ["lookup", new DecodedHandle("tool", () => "done")], undefined, ["lookup", "done"]],
    ["declared none", [], undefined, []],
    ["some of them", ["lookup", "done"], ["done"], ["done"]],
    ["by handle", ["lookup", "done"], [new DecodedHandle("tool", () => "lookup")], ["lookup"]],
    ["none in this turn", ["lookup"], [], []],
    ["a toolset", ["pair"], undefined, ["lookup", "risky"]],
    ["a toolset in a turn", undefined, ["pair"], ["lookup", "risky"]],
    ["include", [{ name: "pair", include: ["risky"] }], undefined, ["risky"]],
    ["exclude and prefix", [{ name: "pair", exclude: ["risky"], prefix: "web" }], undefined, ["web_lookup"]],
    ["rename", [{ name: "pair", rename: { find: "lookup" } }], undefined, ["find", "risky"]],
    ["those that a turn names, of an agent with none", [], ["pair"], ["lookup", "risky"]],
    ["a renamed tool by its own name", [{ name: "pair", prefix: "w" }], ["lookup"], ["w_lookup"]],
    ["the same tool twice", ["lookup", "pair"], undefined, ["lookup", "risky"]],
  ])("%s", ([, declared, requested, offered]) => {
    const run = new ScriptedRun({ answers: [{ text: "x" }], tools, toolsets: { pair: [lookup, risky] } });
    run.call(run.agent({ tools: declared }), { message: "go", tools: requested });
    expect(run.eventsOf("turn.started")[0]?.tools).toEqual(offered);
    expect(run.requests[0]?.tools.map((tool) => tool.name)).toEqual(offered);
  });

  test("a name the agent does not have is an error that names it, and no model is asked", () => {
    const run = new ScriptedRun({ answers: [{ text: "x" }], tools });
    const agent = run.agent({ tools: ["lookup"] });
    expect(failureOf(() => run.call(agent, { tools: ["lookup", "risky"] }))).toEqual({
      code: "tool-denied",
      message: "Agent 'clerk' has no tool 'risky' to use in this turn. Its tools are: lookup.",
    });
    expect([run.requests, run.events]).toEqual([[], []]);
  });

  test("a tool that this turn does not offer is not run when the model asks for it", () => {
    const { run, result } = turn(
      [{ calls: [["risky"], ["nothing"]] }, { text: "ok" }],
      {},
      { message: "go", tools: ["lookup"] },
    );
    expect(result.toolCalls).toEqual([]);
    expect(run.eventsOf("tool.called")).toEqual([]);
    expect(run.eventsOf("log").map((event) => [event.level, event.data])).toEqual([
      ["warn", { offered: ["lookup"] }],
      ["warn", { offered: ["lookup"] }],
    ]);
    expect(run.requests[1]?.messages.at(-2)).toMatchObject({
      failed: true,
      result: { error: "The tool 'risky' is not offered in this turn. Offered: lookup." },
    });
  });

  test("an unknown tool in the declaration fails at set-up", () => {
    const run = new ScriptedRun({ tools });
    expect(failureOf(() => run.agent({ tools: ["lokup"] }))).toEqual({
      code: "declaration-invalid",
      message: "Agent 'clerk': there is no tool or toolset 'lokup'. Declared are: lookup, risky, done.",
    });
  });

  test("two tools under one name fail at set-up", () => {
    const run = new ScriptedRun({ tools });
    expect(
      failureOf(() => run.agent({ tools: ["lookup", { name: "risky", rename: { lookup: "risky" } }] }))
        .message,
    ).toContain("'lookup' and 'risky' would both be offered as 'lookup'");
  });

  test("inline tools are offered and recorded under the agent's name", () => {
    const handler = new DecodedFunction((args) => ({ got: args ?? null }));
    const run = new ScriptedRun({
      answers: [
        { calls: [["clerk_note", { text: "a" }]] },
        { calls: [["note", { text: "b" }]] },
        { text: "ok" },
      ],
    });
    const agent = run.agent({
      tools: [],
      inline_tools: [{ name: "note", input: { text: { type: "string" } }, "1": handler }, {}],
    });
    const result = run.call(agent, "go");
    expect(run.requests[0]?.tools.map((tool) => tool.name)).toEqual(["clerk_note"]);
    expect(result.toolCalls.map((call) => [call.tool, call.result])).toEqual([
      ["clerk_note", { got: { text: "a" } }],
      ["clerk_note", { got: { text: "b" } }],
    ]);
  });

  test("a declared mock answers instead of the tool", () => {
    const run = new ScriptedRun({
      answers: [{ calls: [["lookup", { word: "a" }]] }, { text: "ok" }],
      tools,
      mocks: { lookup: { returns: "mocked" } },
    });
    expect(run.call(run.agent({}), "go").toolCalls[0]?.result).toBe("mocked");
  });
});
