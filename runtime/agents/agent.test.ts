import { describe, expect, test } from "vitest";
import type { JsonObject } from "#common/json.ts";
import type { Decoded } from "../schema/decoded.ts";
import { type ScriptedAnswer, ScriptedRun } from "./scripted-run.ts";
import { failureOf, lookup, tools, turn } from "./scripted-turn.ts";

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
