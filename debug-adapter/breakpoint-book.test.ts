import { expect, test } from "vitest";
import { BreakpointBook, namedTarget } from "./breakpoint-book.ts";

test.for([
  ["tool:find_order", "tool", "find_order"],
  ["agent clerk", "agent", "clerk"],
  ["checkpoint: load data", "checkpoint", "load data"],
  ["tool:*", "tool", undefined],
  ["find_order", undefined, "find_order"],
  ["files.read", undefined, "files.read"],
] as const)("%s stops at what it names", ([text, kind, name]) => {
  expect(namedTarget(text)).toEqual({ kind, name });
});

test("a breakpoint keeps its number while it stays on its line, and an empty condition is none", () => {
  const book = new BreakpointBook();
  const [first] = book.setLines("a.tac", [{ line: 3, condition: "" }]);
  const again = book.setLines("a.tac", [{ line: 1 }, { line: 3, hitCondition: "2" }]);
  expect(first).toEqual({ id: 1, line: 3 });
  expect(again).toEqual([
    { id: 2, line: 1 },
    { id: 1, line: 3, hitCondition: "2" },
  ]);
});
