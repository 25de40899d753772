import { expect, test } from "vitest";
import { parseSource, updateSource } from "#language/syntax/parse-source.ts";
import { syntaxTokens, tokenSize } from "./syntax-tokens.ts";
import { tokenModifiers, tokenTypes } from "./token-legend.ts";

function tokensOf(text: string): string[] {
  const tree = parseSource(text);
  return tree.statements.flatMap((statement, index) => {
    const tokens = syntaxTokens(statement);
    return Array.from({ length: tokens.length / tokenSize }, (_, at) => {
      const [start = 0, length = 0, type = 0, modifiers = 0] = tokens.subarray(at * tokenSize);
      const begin = (tree.offsets[index] ?? 0) + start;
      const names = tokenModifiers.filter((_modifier, bit) => (modifiers & (1 << bit)) !== 0);
      return [text.slice(begin, begin + length), tokenTypes[type], ...names].join(" ");
    });
  });
}

const cases: Readonly<Record<string, readonly string[]>> = {
  "local function f(a, ...) return a end": ["f function declaration", "a parameter declaration"],
  "function a.b:c(x) end": ["b property", "c method declaration", "x parameter declaration"],
  "function f() end": ["f function declaration"],
  "local f, n <const> = function() end, 1": ["f function declaration", "const modifier"],
  'x = f(a.b).c("d"):e{}': ["f function", "b property", "c method", "e method"],
  'A = Agent {name = 1, run = function() end, ["k"] = 2}': [
    "Agent function",
    "name property declaration",
    "run method declaration",
  ],
  "goto done ::done::": ["done label", "done label declaration"],
  "x.": [],
  "-- f()\nlocal s = 'f()'": [],
};

test.for(Object.entries(cases))("%s", ([text, expected]) => {
  expect(tokensOf(text)).toEqual(expected);
});

test("the tokens of a statement that an edit leaves alone are the same object", () => {
  const before = parseSource("f()\ng()\nh()\n");
  const after = updateSource(before, "f()\ngg()\nh()\n");
  expect(after.statements[2]).toBe(before.statements[2]);
  expect(syntaxTokens(after.statements[2]!)).toBe(syntaxTokens(before.statements[2]!));
  expect(syntaxTokens(after.statements[1]!)).not.toBe(syntaxTokens(before.statements[1]!));
});
