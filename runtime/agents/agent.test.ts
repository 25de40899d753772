import { describe, expect, test } from "vitest";
import type { JsonObject } from "#common/json.ts";
import { CallbackFailure, type Decoded, DecodedFunction, DecodedHandle } from "../schema/decoded.ts";
import { type ScriptedAnswer, ScriptedRun, type ScriptedRunOptions, scriptedTool } from "./scripted-run.ts";

const lookup = scriptedTool("lookup", { word: { type: "string", required: true } }, (args) => ({
  meaning: `of ${args["word"]}`,
}));
const risky = scriptedTool("risky", { times: { type: "integer", required: false, default: 2 } }, (args) =>
  args["times"] === 13 ? new Error("unlucky") : { times: args["times"] ?? null },
);
const done = scriptedTool("done", { reason: { type: "string", required: false } }, (args) => ({
  status: "completed",
  reason: args["reason"] ?? "Task completed",
  tool: "done",
}));
const tools = [lookup, risky, done];

function failureOf(action: () => unknown): { code: string; message: string } {
  try {
    action();
  } catch (thrown) {
    return { code: (thrown as { code: string }).code, message: (thrown as Error).message };
  }
  throw new Error("nothing was thrown");
}

function turn(
  answers: readonly ScriptedAnswer[],
  table: { [field: string]: Decoded } = {},
  argument: Decoded = "go",
) {
  const run = new ScriptedRun({ answers, tools });
  const agent = run.agent(table);
  return { run, agent, result: run.call(agent, argument) };
}

describe("one turn", () => {
  test("text in, text out, with the events of a turn", () => {
    const usage = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };
    const { run, result } = turn([{ text: "hello", usage, cost: 0.5 }]);
    expect(result).toMatchObject({ output: "hello", text: "hello", usage, cost: 0.5, toolCalls: [] });
    expect(run.events.map((event) => event.type)).toEqual(["turn.started", "turn.finished"]);
    expect(run.events[1]).toMatchObject({
      turn: 1,
      agent: "clerk",
      model: "openai/m",
      output: "hello",
      usage,
      cost: 0.5,
    });
    expect(run.requests[0]?.messages).toEqual([
      { role: "system", text: "Help." },
      { role: "user", text: "go" },
    ]);
  });

  test("a tool round: the call runs, its result goes back, the answer ends the turn", () => {
    const { run, result, agent } = turn([
      {
        calls: [["lookup", { word: "arm" }]],
        usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 },
        cost: 0.25,
      },
      { text: "found", usage: { inputTokens: 2, outputTokens: 1, totalTokens: 3 }, cost: 0.5 },
    ]);
    expect(result.output).toBe("found");
    expect(result.usage.totalTokens).toBe(5);
    expect(result.cost).toBe(0.75);
    expect(agent.usage.totalTokens).toBe(5);
    expect(run.environment.recorder.totals).toMatchObject({ cost: 0.75 });
    expect(result.toolCalls).toEqual([
      { tool: "lookup", arguments: { word: "arm" }, result: { meaning: "of arm" } },
    ]);
    expect(run.requests[1]?.messages.slice(2)).toEqual([
      {
        role: "assistant",
        text: "",
        toolCalls: [{ id: "call_1_1", tool: "lookup", arguments: { word: "arm" } }],
      },
      { role: "tool", callId: "call_1_1", tool: "lookup", result: { meaning: "of arm" }, failed: false },
    ]);
    expect(run.environment.recorder.toolCalls.calls("lookup")).toHaveLength(1);
  });

  test("defaults are filled in before the tool runs", () => {
    const { result } = turn([{ calls: [["risky"]] }, { text: "ok" }]);
    expect(result.toolCalls[0]?.result).toEqual({ times: 2 });
  });

  test.for<[label: string, call: [string, JsonObject?], error: string]>([
    ["missing argument", ["lookup", {}], "Tool 'lookup': argument 'word' is required (string)"],
    ["wrong type", ["lookup", { word: 5 }], "Tool 'lookup': argument 'word' must be a string, got number 5"],
    ["raised error", ["risky", { times: 13 }], "unlucky"],
  ])("a failing tool is told to the model: %s", ([, call, error]) => {
    const { run, result } = turn([{ calls: [call] }, { text: "sorry" }]);
    expect(result.output).toBe("sorry");
    expect(run.requests[1]?.messages.at(-1)).toMatchObject({ role: "tool", result: { error }, failed: true });
    expect(run.eventsOf("tool.returned")[0]?.error?.message).toBe(error);
  });

  test("what a tool throws beyond its own failure ends the turn", () => {
    const aborted = {
      ...lookup,
      invoke: () => {
        throw new Error("cancelled from outside");
      },
    };
    const run = new ScriptedRun({ answers: [{ calls: [["lookup", { word: "a" }]] }], tools: [aborted] });
    const agent = run.agent({});
    expect(() => run.call(agent, "go")).toThrow("cancelled from outside");
    expect(run.eventsOf("turn.finished")[0]?.error).toEqual({
      code: "lua-error",
      message: "cancelled from outside",
    });
  });

  test("done ends the turn and later calls of the same answer are not run", () => {
    const { run, result } = turn([
      {
        text: "bye",
        calls: [
          ["done", { reason: "finished" }],
          ["lookup", { word: "x" }],
        ],
      },
    ]);
    expect(result.output).toBe("bye");
    expect(run.requests).toHaveLength(1);
    expect(run.environment.recorder.toolCalls.calls().map((call) => call.tool)).toEqual(["done"]);
  });

  test("a call left without result by done is not sent in the next turn", () => {
    const run = new ScriptedRun({
      answers: [{ calls: [["done"], ["lookup", { word: "x" }]] }, { text: "second" }],
      tools,
    });
    const agent = run.agent({});
    run.call(agent, "one");
    run.call(agent, "two");
    const assistant = run.requests[1]?.messages.filter((message) => message.role === "assistant");
    expect(assistant).toEqual([
      { role: "assistant", text: "", toolCalls: [{ id: "call_1_1", tool: "done", arguments: {} }] },
    ]);
  });

  test("too many rounds are an error that names the limit", () => {
    const answers = Array.from({ length: 4 }, () => ({ calls: [["risky"]] as const }));
    const run = new ScriptedRun({ answers, tools });
    const agent = run.agent({ max_tool_followup_rounds: 2 });
    expect(failureOf(() => run.call(agent, "go"))).toEqual({
      code: "model-failed",
      message: expect.stringContaining("max_tool_followup_rounds"),
    });
    expect(run.requests).toHaveLength(3);
  });

  test("a blank answer is asked for once more with everything said so far, and no tools may be called", () => {
    const { run, result } = turn([
      { calls: [["lookup", { word: "a" }]] },
      { text: "  " },
      { text: "at last" },
    ]);
    expect(result.output).toBe("at last");
    const last = run.requests[2];
    expect(last?.toolChoice).toBe("none");
    expect(last?.messages.map((message) => message.role)).toEqual([
      "system",
      "user",
      "assistant",
      "tool",
      "assistant",
      "user",
    ]);
  });

  test("a second blank answer ends the turn", () => {
    expect(turn([{ text: "" }, { text: "" }]).result.output).toBe("");
  });
});

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

  test("inline tools are offered under the agent's name and recorded under their own", () => {
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
      ["note", { got: { text: "a" } }],
      ["note", { got: { text: "b" } }],
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

describe("what is sent", () => {
  test("templates see the call, the state and the run; what leads nowhere stays", () => {
    const run = new ScriptedRun({
      answers: [{ text: "x" }],
      state: { n: 2, ok: true },
      runInput: { topic: "tea" },
    });
    const prompt =
      "{input.who} {params.message} {state.n} {state.ok} {context.topic} {input.list} {input.list.2} {env.KEY} {x}";
    run.call(run.agent({ system_prompt: prompt }), { message: "hi", who: "Ann", list: ["a", "b"] });
    expect(run.requests[0]?.messages[0]).toEqual({
      role: "system",
      text: 'Ann hi 2 true tea ["a","b"] b {env.KEY} {x}',
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

describe("structured output", () => {
  const output = {
    score: { type: "integer", required: true, min: 0 },
    tags: { type: "array", required: false },
    mood: { type: "string", required: false, enum: ["good", "bad"] },
  };

  test.for<[label: string, text: string, expected: JsonObject]>([
    ["JSON", '{"score": 3}', { score: 3 }],
    ["in a fence", '```json\n{"score": 3}\n```', { score: 3 }],
    ["texts become the type", '{"score": "4", "tags": "[1]"}', { score: 4, tags: [1] }],
    ["further fields stay", '{"score": 1, "why": "x"}', { score: 1, why: "x" }],
  ])("%s", ([, text, expected]) => {
    const { run, result } = turn([{ text }], { output, tools: [] });
    expect(result.output).toEqual(expected);
    expect(run.requests[0]?.outputSchema).toMatchObject({ type: "object", required: ["score"] });
    expect(run.requests[0]?.messages[0]).toMatchObject({
      text: expect.stringContaining("- score: integer, required"),
    });
  });

  test.for<[text: string, message: string]>([
    ["plain prose", "Agent 'clerk' did not answer with a JSON object."],
    ["{}", "Agent 'clerk': output 'score' is required (integer)"],
    ['{"score": "many"}', "Agent 'clerk': output 'score' must be an integer, got string \"many\""],
    ['{"score": -1}', "Agent 'clerk': output 'score' must be at least 0, got -1"],
    ['{"score": 1, "mood": "odd"}', 'must be one of "good", "bad"'],
  ])("%s is refused", ([text, message]) => {
    const failure = failureOf(() => turn([{ text }], { output, tools: [] }));
    expect(failure).toEqual({ code: "output-invalid", message: expect.stringContaining(message) });
  });

  test("an agent with tools may answer in prose", () => {
    expect(turn([{ text: "prose" }], { output }).result.output).toBe("prose");
  });

  test.for<[type: string, text: string, expected: unknown]>([
    ["string", "42", "42"],
    ["integer", "42", 42],
    ["boolean", "true", true],
  ])("one value of type %s", ([type, text, expected]) => {
    expect(turn([{ text }], { output: { type, required: true }, tools: [] }).result.output).toBe(expected);
  });

  test.for<[text: string, expected: unknown]>([
    ["42", 42],
    ['{"a": 1}', { a: 1 }],
    ["just text", "just text"],
  ])("without a schema %s is taken as it is", ([text, expected]) => {
    expect(turn([{ text }]).result.output).toEqual(expected);
  });
});

describe("retries", () => {
  const output = { a: { type: "integer", required: true } };
  const refusal: ScriptedAnswer = { refusal: ["model-failed", "server said 500"] };

  test.for<[label: string, table: { [field: string]: Decoded }, answers: ScriptedAnswer[], sleeps: number[]]>(
    [
      ["response", { response: { retries: 1, retry_delay: 3 } }, [refusal, { text: "ok" }], [3]],
      ["attempts", { retry: { attempts: 3, delay: 1 } }, [refusal, refusal, { text: "ok" }], [1, 1]],
      [
        "exponential with a cap and jitter",
        {
          retry: { retries: 3, delay_seconds: 2, backoff: "exponential", max_delay_seconds: 6, jitter: true },
        },
        [refusal, refusal, refusal, { text: "ok" }],
        [1, 2, 3],
      ],
    ],
  )("%s", ([, table, answers, sleeps]) => {
    const { run, result, agent } = turn(answers, table);
    expect(result.output).toBe("ok");
    expect(run.sleeps).toEqual(sleeps);
    expect(agent.history.map((message) => message.role)).toEqual(["user", "assistant"]);
    expect(run.eventsOf("turn.started")).toHaveLength(1);
  });

  test("an invalid output is repeated, and the usage of both attempts counts", () => {
    const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
    const answers = [
      { text: "no", usage },
      { text: '{"a": 1}', usage },
    ];
    const { result } = turn(answers, { output, tools: [], response: { retries: 1 } });
    expect([result.output, result.usage.totalTokens, result.messages.length]).toEqual([{ a: 1 }, 4, 2]);
  });

  test.for<[label: string, retry: Decoded, answer: ScriptedAnswer, requests: number]>([
    ["nothing declared", undefined, refusal, 1],
    ["switched off", { attempts: 3, enabled: false }, refusal, 1],
    ["a missing key", { attempts: 3 }, { refusal: ["model-key-missing", "no key"] }, 1],
    ["a refused key", { attempts: 3 }, { refusal: ["model-failed", "bad API key"] }, 1],
    ["a cancel", { attempts: 3 }, { refusal: ["cancelled", "cancelled"] }, 1],
    ["only validation", { attempts: 2, on: "validation_only" }, refusal, 1],
    ["only infrastructure", { attempts: 2, on: "infra_only" }, { text: "prose" }, 1],
    ["all attempts used", { attempts: 2 }, refusal, 2],
  ])("no more after %s", ([, retry, answer, requests]) => {
    const run = new ScriptedRun({ answers: [answer, answer, answer] });
    const agent = run.agent({ retry, output });
    failureOf(() => run.call(agent, "go"));
    expect(run.requests).toHaveLength(requests);
  });

  test("a failed turn reports its error and what it used", () => {
    const run = new ScriptedRun({ answers: [refusal] });
    const agent = run.agent({});
    expect(failureOf(() => run.call(agent, "go"))).toEqual({
      code: "model-failed",
      message: "Agent 'clerk': server said 500",
    });
    expect(run.eventsOf("turn.finished")[0]).toMatchObject({
      error: { code: "model-failed" },
      usage: { totalTokens: 0 },
    });
  });
});

describe("mocked turns", () => {
  function mocked(
    options: ScriptedRunOptions,
    table: { [field: string]: Decoded } = {},
    argument: Decoded = "go",
  ) {
    const run = new ScriptedRun({ tools, ...options });
    const agent = run.agent(table);
    return { run, agent, result: run.call(agent, argument) };
  }

  test("no model is asked; the turn has its events", () => {
    const { run, result, agent } = mocked({ mocks: { clerk: { message: "fixed" } } });
    expect(result.output).toBe("fixed");
    expect(run.requests).toEqual([]);
    expect(run.eventsOf("turn.finished")[0]).toMatchObject({ output: "fixed", usage: { totalTokens: 0 } });
    expect(agent.history.map((message) => message.role)).toEqual(["user", "assistant"]);
  });

  test("with mocks on, an agent without one gives a canned answer", () => {
    expect(mocked({ mock: true }).result.output).toBe("Mocked response from clerk");
  });

  test("data is the output", () => {
    expect(mocked({ mocks: { clerk: { message: "m", data: { a: 1 } } } }).result).toMatchObject({
      output: { a: 1 },
      text: "m",
    });
  });

  test("listed calls are recorded, not run; a tool's own mock gives the result", () => {
    const mocks = {
      clerk: {
        message: "m",
        tool_calls: [{ tool: "lookup", args: { word: "a" } }, { tool: "risky" }, { tool: "done" }],
      },
      risky: { returns: { mocked: true } },
    };
    expect(mocked({ mocks }).result.toolCalls.map((call) => call.result)).toEqual([
      { tool: "lookup", args: { word: "a" } },
      { mocked: true },
      { status: "completed", reason: "m", tool: "done" },
    ]);
  });

  test("run_tools makes the calls real: checked, run, recorded, restricted to the turn", () => {
    const mocks = {
      clerk: {
        message: "m",
        run_tools: true,
        tool_calls: [
          { tool: "lookup", args: { word: "arm" } },
          { tool: "lookup", args: {} },
          { tool: "risky" },
        ],
      },
    };
    const { run, result } = mocked({ mocks }, {}, { message: "go", tools: ["lookup"] });
    expect(result.toolCalls.map((call) => call.result)).toEqual([
      { meaning: "of arm" },
      { error: "Tool 'lookup': argument 'word' is required (string)" },
    ]);
    expect(run.eventsOf("tool.returned").map((event) => event.error?.code)).toEqual([
      undefined,
      "input-invalid",
    ]);
    expect(run.eventsOf("log")[0]?.message).toContain("'risky'");
    expect(result.messages.map((message) => message.role)).toEqual([
      "user",
      "assistant",
      "tool",
      "tool",
      "tool",
      "assistant",
    ]);
  });
});
