import { describe, expect, test } from "vitest";
import type { JsonObject } from "#common/json.ts";
import type { Decoded } from "../schema/decoded.ts";
import { MockBook } from "./mock-book.ts";

function book(table: Decoded, agents: readonly string[] = []): MockBook {
  const mocks = new MockBook();
  const added = mocks.add(table);
  if (!added.ok) throw new Error(added.error.join("\n"));
  mocks.knowAgents(agents);
  return mocks;
}

describe("agent mocks", () => {
  const bare = { toolCalls: [], runTools: false };

  test.for<[label: string, entry: Decoded, turn: number, message: string | undefined, expected: JsonObject]>([
    ["message", { message: "hi" }, 3, undefined, { message: "hi", ...bare }],
    ["data", { data: { a: 1 } }, 1, undefined, { message: "", data: { a: 1 }, ...bare }],
    ["empty data is no data", { data: [] }, 1, undefined, { message: "", ...bare }],
    [
      "tool calls",
      { tool_calls: [{ tool: "t", args: { x: 1 } }, { tool: "done" }] },
      1,
      undefined,
      {
        message: "",
        toolCalls: [
          { tool: "t", arguments: { x: 1 } },
          { tool: "done", arguments: {} },
        ],
        runTools: false,
      },
    ],
    [
      "second turn",
      { message: "", temporal: [{ message: "a" }, { message: "b" }] },
      2,
      "x",
      { message: "b", ...bare },
    ],
    ["last turn repeats", { message: "", temporal: [{ message: "a" }] }, 9, "x", { message: "a", ...bare }],
    ["temporal alone", { temporal: [{ message: "a" }, { message: "b" }] }, 2, "x", { message: "b", ...bare }],
    [
      "by message before by number",
      { message: "", temporal: [{ message: "a" }, { message: "b", when_message: "two" }] },
      1,
      "two",
      { message: "b", ...bare },
    ],
    [
      "what a turn leaves out comes from the entry",
      { message: "outer", run_tools: true, temporal: [{ tool_calls: [{ tool: "t" }] }] },
      1,
      undefined,
      { message: "outer", toolCalls: [{ tool: "t", arguments: {} }], runTools: true },
    ],
  ])("%s", ([, entry, turn, message, expected]) => {
    expect(book({ writer: entry }).agentTurn("writer", turn, message)).toEqual(expected);
  });

  test("an agent without a mock has none", () => {
    expect(
      book({ writer: { message: "x" } }, ["writer", "other"]).agentTurn("other", 1, undefined),
    ).toBeUndefined();
  });

  test("the only agent takes the only agent mock with a name of nobody", () => {
    const one = { renamed: { message: "x" }, tool: { returns: 1 } };
    expect(book(one, ["writer"]).agentTurn("writer", 1, undefined)?.message).toBe("x");
    expect(
      book({ ...one, second: { message: "y" } }, ["writer"]).agentTurn("writer", 1, undefined),
    ).toBeUndefined();
  });
});

describe("tool mocks", () => {
  test("static value, and none for other tools", () => {
    const mocks = book({ weather: { returns: { sky: "mocked" } } });
    expect(mocks.toolAnswer("weather", {})).toEqual({ kind: "returns", value: { sky: "mocked" } });
    expect(mocks.toolAnswer("other", {})).toBeUndefined();
  });

  test("temporal counts calls and repeats the last", () => {
    const mocks = book({ t: { temporal: [{ n: 1 }, { n: 2 }] } });
    const values = [1, 2, 3].map(() => mocks.toolAnswer("t", {}));
    expect(values).toEqual([1, 2, 2].map((n) => ({ kind: "returns", value: { n } })));
  });

  test("an entry with temporal alone belongs to the agent of its name", () => {
    expect(
      book({ writer: { temporal: [{ message: "a" }] } }, ["writer"]).toolAnswer("writer", {}),
    ).toBeUndefined();
  });

  test("error", () => {
    expect(book({ t: { error: "broken" } }).toolAnswer("t", {})).toEqual({
      kind: "error",
      message: "broken",
    });
  });

  test.for<[pattern: Decoded, parameters: JsonObject, matches: boolean]>([
    ["Ann", { who: "Ann" }, true],
    ["Ann", { who: "Anna" }, false],
    ["contains:nn", { who: "Anna" }, true],
    ["startswith:An", { who: "Anna" }, true],
    ["endswith:na", { who: "Anna" }, true],
    ["endswith:An", { who: "Anna" }, false],
    ["contains:2", { who: 123 }, true],
    ["contains:tru", { who: true }, true],
    [5, { who: 5 }, true],
    [5, { who: "5" }, false],
    [["a"], { who: ["a"] }, true],
    ["Ann", {}, false],
  ])("condition %j on %j: %s", ([pattern, parameters, matches]) => {
    const mocks = book({ t: { conditional: [{ when: { who: pattern }, returns: "yes" }] } });
    expect(mocks.toolAnswer("t", parameters)).toEqual(
      matches ? { kind: "returns", value: "yes" } : undefined,
    );
  });
});

describe("bad mocks", () => {
  test.for<[entry: Decoded, message: string]>([
    [{}, "needs one of"],
    [{ mesage: "x" }, "needs one of"],
    ["text", "the entry must be a table"],
    [{ message: 5 }, "message must be a text"],
    [{ tool_calls: { tool: "x" } }, "tool_calls must be a list"],
    [{ tool_calls: [{ args: {} }] }, "tool_calls[1].tool must be a text"],
    [{ message: "", temporal: [{ when_message: 1 }] }, "temporal[1].when_message must be a text"],
    [{ conditional: [{ when: {} }] }, "conditional[1].returns must be plain data"],
    [{ run_tools: "yes" }, "run_tools must be true or false"],
  ])("%j", ([entry, message]) => {
    const added = new MockBook().add({ broken: entry });
    expect(added).toEqual({ ok: false, error: [expect.stringContaining(`Mock 'broken': ${message}`)] });
  });

  test("a later entry of the same name wins", () => {
    const mocks = book({ t: { returns: 1 } });
    mocks.add({ t: { returns: 2 } });
    expect(mocks.toolAnswer("t", {})).toEqual({ kind: "returns", value: 2 });
  });
});
