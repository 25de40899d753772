import { expect, test } from "vitest";
import { traceText } from "#runs/comparison/trace-text.ts";

test("a trace is written line by line, each part of a value where it can differ alone", () => {
  const text = traceText({
    figures: {
      ...{ run: "r", file: "a.tac", input: {}, status: "failed", turns: 1, toolCalls: 1, denied: 0 },
      ...{ tokens: 3, cost: 0.5, error: { code: "lua-error", message: "one\ntwo" } },
    },
    steps: [
      { kind: "tool", name: "save", given: { arguments: { a: 1 }, by: "agent" }, outcome: { value: [1] } },
      { kind: "stage", name: "draft", given: null },
    ],
  });
  expect(text).toBe(`tool save
    given   arguments: {"a":1}
            by: "agent"
    came to value: [1]
stage draft

ended       failed
error       lua-error: one ⏎ two
turns       1
tool calls  1
denied      0
tokens      3
cost        $0.50
`);
});
