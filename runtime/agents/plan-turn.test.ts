import { describe, expect, test } from "vitest";
import { CallbackFailure, type Decoded, DecodedFunction } from "../schema/decoded.ts";
import { ScriptedRun } from "./scripted-run.ts";
import { tools, turn } from "./scripted-turn.ts";

describe("what is sent", () => {
  test("templates see the call, the state and the run; what leads nowhere stays", () => {
    const run = new ScriptedRun({
      answers: [{ text: "x" }],
      state: { n: 2, ok: true },
      runInput: { topic: "tea" },
    });
    const prompt =
      "{input.who} {params.message} {state.n} {state.ok} {context.topic} {input.list} {input.list.2} {env.KEY} {x} {input.constructor}";
    run.call(run.agent({ system_prompt: prompt }), { message: "hi", who: "Ann", list: ["a", "b"] });
    expect(run.requests[0]?.messages[0]).toEqual({
      role: "system",
      text: 'Ann hi 2 true tea ["a","b"] b {env.KEY} {x} {input.constructor}',
    });
  });

  test.for<[label: string, call: Decoded, system: string]>([
    ["suffix", { system_prompt_suffix: "Be {input.tone}.", tone: "brief" }, "Help.\n\nBe brief."],
    ["replacement", { system_prompt: "Other.", system_prompt_suffix: "ignored" }, "Other."],
  ])("system prompt with %s", ([, call, system]) => {
    expect(turn([{ text: "x" }], {}, call).run.requests[0]?.messages[0]).toEqual({
      role: "system",
      text: system,
    });
  });

  test("prepare fills {prepared.*}; its failure is logged and the turn goes on", () => {
    const good = new DecodedFunction((args) => ({ said: (args as { message: string }).message }));
    expect(
      turn([{ text: "x" }], { system_prompt: "{prepared.said}", prepare: good }).run.requests[0]?.messages[0],
    ).toEqual({
      role: "system",
      text: "go",
    });
    const bad = new DecodedFunction(() => {
      throw new CallbackFailure("no luck");
    });
    const { run, result } = turn([{ text: "x" }], { prepare: bad });
    expect(result.output).toBe("x");
    expect(run.eventsOf("log")[0]?.message).toContain("no luck");
  });

  test("a stop inside prepare is no failure of prepare: it ends the turn", () => {
    const stopped = new DecodedFunction(() => {
      throw new Error("out of time");
    });
    expect(() => turn([{ text: "x" }], { prepare: stopped })).toThrow("out of time");
  });

  test("initial_message is the first message of a call without one, once", () => {
    const run = new ScriptedRun({
      answers: [{ text: "a" }, { text: "b" }, { text: "c" }],
      runInput: { topic: "tea" },
    });
    const agent = run.agent({ initial_message: "About {input.topic}" });
    run.call(agent);
    run.call(agent);
    agent.clearHistory();
    run.call(agent);
    expect(
      run.requests.map((request) => request.messages.filter((message) => message.role === "user")),
    ).toEqual([1, 1, 1].map(() => [{ role: "user", text: "About tea" }]));
  });

  test("settings: declared, the model's table over them, the call over both", () => {
    const table = {
      model: { name: "openai:m2", max_tokens: 20, openai_reasoning_effort: "low", seed: 7, top_p: 0.5 },
      provider: undefined,
      temperature: 0.3,
      max_tokens: 10,
      verbosity: "high",
      request_timeout: 9,
      disable_streaming: true,
      tool_choice: "required",
    };
    const { run } = turn([{ text: "x" }], table, { message: "go", temperature: 0.9, request_timeout: 4 });
    expect(run.requests[0]).toMatchObject({
      provider: "openai",
      model: "m2",
      toolChoice: "required",
      settings: {
        temperature: 0.9,
        maxTokens: 20,
        topP: 0.5,
        seed: 7,
        reasoningEffort: "low",
        verbosity: "high",
        timeoutSeconds: 4,
        streaming: false,
      },
    });
  });

  test("tool_choice is left out when no tool is offered", () => {
    const { run } = turn(
      [{ text: "x" }],
      { tool_choice: { type: "function", function: { name: "lookup" } } },
      { tools: [] },
    );
    expect(run.requests[0]).not.toHaveProperty("toolChoice");
  });

  test("the history goes along, filtered before the turn, whole within it", () => {
    const answers = [
      { text: "1" },
      { text: "2" },
      { calls: [["lookup", { word: "a" }]] as const },
      { text: "3" },
    ];
    const run = new ScriptedRun({ answers, tools });
    const agent = run.agent({ message_history: { filter: ["last_n", 1] } });
    for (const message of ["a", "b", "c"]) run.call(agent, message);
    expect(run.requests[2]?.messages.map((message) => "text" in message && message.text)).toEqual([
      "Help.",
      "2",
      "c",
    ]);
    expect(run.requests[3]?.messages.map((message) => message.role)).toEqual([
      "system",
      "assistant",
      "user",
      "assistant",
      "tool",
    ]);
    expect(agent.history).toHaveLength(8);
  });
});
