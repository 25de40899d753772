import { expect, test } from "vitest";
import type { Diagnostic, FixEdit } from "#language/diagnostics/diagnostic.ts";
import { safeEdits } from "#language/refactoring/fix-all.ts";

function edit(line: number, start: number, end: number, text: string): FixEdit {
  return { range: { start: { line, character: start }, end: { line, character: end } }, text };
}

function finding(isSafe: boolean, ...edits: FixEdit[]): Diagnostic {
  const [first] = edits;
  return {
    file: "a.tac",
    range: first?.range ?? edit(0, 0, 0, "").range,
    severity: "warning",
    code: "unknown-field",
    source: "tactus",
    message: "",
    fixes: [{ title: "", edits, ...(isSafe && { isSafe }) }],
  };
}

test("safe fixes in text order; of those that overlap the first, as a whole", () => {
  const texts = safeEdits([
    finding(true, edit(2, 0, 3, "late")),
    finding(true, edit(0, 4, 8, "first"), edit(5, 0, 0, "its second")),
    finding(true, edit(0, 6, 9, "overlaps"), edit(6, 0, 0, "falls with it")),
    finding(false, edit(1, 0, 3, "unsafe")),
    finding(true, edit(0, 8, 9, "touches")),
    finding(true, edit(5, 0, 0, "same place")),
  ]).map(({ text }) => text);
  expect(texts).toEqual(["first", "touches", "late", "its second"]);
});

test("many fixes are compared with their neighbours, not with all", () => {
  const many = Array.from({ length: 20_000 }, (_, line) => finding(true, edit(line, 0, 1, "x")));
  expect(safeEdits(many)).toHaveLength(20_000);
});
