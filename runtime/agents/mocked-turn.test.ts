import { describe, expect, test } from "vitest";
import type { Decoded } from "../schema/decoded.ts";
import { ScriptedRun, type ScriptedRunOptions } from "./scripted-run.ts";
import { tools } from "./scripted-turn.ts";

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
      "m",
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
