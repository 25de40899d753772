import { expect, test } from "vitest";
import { lookUp } from "./record-expression.ts";

const roots = { state: { items: [{ name: "one" }, { name: "two" }], "a b": 3 }, input: {} };

test.for([
  ["state.items[2].name", "two"],
  ['state["a b"]', 3],
  ["state['a b']", 3],
  [" state.items[9] ", null],
  ["state.toString", null],
] as const)("%s is looked up", ([expression, value]) => {
  expect(lookUp(expression, roots)).toEqual({ ok: true, value });
});

test.for(["total", "constructor", "state.items[1]()", "1 + 1", ""])("%s is refused", (expression) => {
  expect(lookUp(expression, roots)).toMatchObject({
    ok: false,
    error: expect.stringContaining("no code runs"),
  });
});
