import { describe, expect, test } from "vitest";
import { LineIndex } from "#language/syntax/line-index.ts";
import { parseSource, updateSource } from "#language/syntax/parse-source.ts";
import type { SourceTree } from "#language/syntax/tree.ts";
import { syntaxTokens } from "./syntax-tokens.ts";
import { encodeTokens, overlayTokens, tokenEdits } from "./token-encoding.ts";

function encoded(tree: SourceTree, units?: (start: number, end: number) => number): Uint32Array {
  const parts = tree.statements.map((statement, index) => ({
    base: tree.offsets[index] ?? 0,
    tokens: syntaxTokens(statement),
  }));
  return encodeTokens(parts, new LineIndex(tree.text), units);
}

/** Applies edits as a client does. */
function patched(previous: Uint32Array, next: Uint32Array): number[] {
  const data = [...previous];
  for (const { start, deleteCount, data: inserted = [] } of tokenEdits(previous, next))
    data.splice(start, deleteCount, ...inserted);
  return data;
}

test("lines and characters count from the token before", () => {
  expect([...encoded(parseSource("f() g()\n\n  h(a.b)\n"))]).toEqual([
    ...[0, 0, 1, 0, 0],
    ...[0, 4, 1, 0, 0],
    ...[2, 2, 1, 0, 0],
    ...[0, 4, 1, 2, 0],
  ]);
});

test("characters count in the client's units", () => {
  const text = 'x = "ä" .. f()\n';
  const bytes = (start: number, end: number): number =>
    new TextEncoder().encode(text.slice(start, end)).length;
  expect([...encoded(parseSource(text), bytes)].slice(0, 3)).toEqual([0, 12, 1]);
});

describe("edits", () => {
  const statement =
    "function handler_%(first, second)\n  local t = {first = second.member, call = first:method(1)}\nend\n\n";
  const text = Array.from({ length: 2500 }, (_, index) => statement.replace("%", String(index))).join("");
  const tree = parseSource(text);
  const middle = text.indexOf("handler_1200");
  const insertAt = (offset: number, typed: string): string =>
    text.slice(0, offset) + typed + text.slice(offset);

  test.for([
    ["a letter in a name", middle + 3, "x"],
    ["a letter before the tokens of a line", middle + "handler_1200(first, second)\n  lo".length, "x"],
    ["a line break", middle - "function ".length, "\n"],
    ["a blank", middle, " "],
    ["a comma in a table", text.indexOf("second.member", middle), "a, "],
  ] as const)("%s costs less than 200 bytes in 10,000 lines", ([, offset, typed]) => {
    const previous = encoded(tree);
    const next = encoded(updateSource(tree, insertAt(offset, typed)));
    expect(JSON.stringify(tokenEdits(previous, next)).length).toBeLessThan(200);
    expect(patched(previous, next)).toEqual([...next]);
  });

  test.for([
    [[], []],
    [
      [1, 2, 3],
      [1, 2, 3],
    ],
    [[], [1, 2]],
    [[1, 2], []],
    [
      [1, 1, 1],
      [1, 1],
    ],
    [
      [1, 2, 1, 2],
      [1, 2, 1, 2, 1, 2],
    ],
  ])("%j to %j", ([previous, next]) => {
    expect(patched(Uint32Array.from(previous!), Uint32Array.from(next!))).toEqual(next);
  });
});

test("tokens of a second source win where both name a place", () => {
  const below = Uint32Array.from([0, 1, 0, 0, 5, 2, 0, 0, 9, 1, 0, 0]);
  const above = Uint32Array.from([2, 1, 7, 0, 5, 2, 7, 1, 12, 1, 7, 0]);
  expect([...overlayTokens(below, above)]).toEqual([
    ...[0, 1, 0, 0],
    ...[2, 1, 7, 0],
    ...[5, 2, 7, 1],
    ...[9, 1, 0, 0],
    ...[12, 1, 7, 0],
  ]);
});
