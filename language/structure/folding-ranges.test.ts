import { expect, test } from "vitest";
import { LineIndex } from "#language/syntax/line-index.ts";
import { parseSource, updateSource } from "#language/syntax/parse-source.ts";
import { foldingRanges } from "./folding-ranges.ts";

/** Each range as `first-last` line, with its kind. */
function folds(text: string): string[] {
  return foldingRanges(parseSource(text), new LineIndex(text)).map(
    ({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ""}`,
  );
}

const cases: Readonly<Record<string, readonly [text: string, ranges: readonly string[]]>> = {
  "a function": ["function f(\n  a\n)\n  x()\nend", ["0-3"]],
  "the branches of an if": [
    "if a then\n  b()\nelseif c then\n  d()\nelse\n  e()\nend",
    ["0-1", "2-3", "4-5"],
  ],
  loops: [
    "while a do\n b()\nend\nfor i = 1, 2 do\n b()\nend\nfor a in b do\n c()\nend",
    ["0-1", "3-4", "6-7"],
  ],
  "do and repeat": ["do\n a()\nend\nrepeat\n a()\nuntil b", ["0-1", "3-4"]],
  "tables in tables": ["t = {\n  a = {\n    1,\n  },\n}", ["0-3", "1-2"]],
  "arguments, once a line": ["f({\n  a = 1,\n}, function()\n  b()\nend)", ["0-3", "2-3"]],
  "what ends amid a line": ["x = {1,\n2} y = 1", ["0-1"]],
  "a line is no range": ["f({a = function() end})", []],
  "a long text": ["prompt = [==[\nYou\n]==]", ["0-1"]],
  "comment lines": ["-- a\n-- b\n\n-- c\nx = 1 -- d\n-- e\n-- f", ["0-1 comment", "5-6 comment"]],
  "a long comment": ["--[[\n a\n]]\nx = 1", ["0-1 comment"]],
  "comments in a block": ["do\n  -- a\n  -- b\n  x()\nend", ["0-3", "1-2 comment"]],
  "regions, also across statements": [
    "--#region all\nx = 1\n-- region in\ny = 2\n-- endregion\n--#endregion",
    ["0-5 region", "2-4 region"],
  ],
  scenarios: [
    "Specification([[\nFeature: a\n  As b\n\n  @tag\n  Scenario: c\n    Given d\n\n  Scenario Outline: e\n    Given f\n    Examples:\n      | g |\n]])",
    ["0-11", "1-11", "5-6", "8-11", "10-11"],
  ],
  "headings in other texts": ["p = [[\nHello\nFeature: a\n b\n]]", ["0-3"]],
  "what has no end": ["x = 1\nfunction f()\n  a()\n  b()\n", ["1-3"]],
};

test.for(Object.entries(cases))("%s", ([, [text, ranges]]) => {
  expect(folds(text)).toEqual(ranges);
});

test("after an edit the ranges are those of a fresh tree", () => {
  const text = "-- a\n-- b\nt = {\n  1,\n}\n-- c\n-- d\nfunction f()\n  x()\nend\n";
  const edited = text.replace("t = {", "t = {\n  0,\n  2,");
  const tree = parseSource(text);
  foldingRanges(tree, new LineIndex(text));
  const updated = updateSource(tree, edited);
  const lines = new LineIndex(edited);
  expect(foldingRanges(updated, lines)).toEqual(foldingRanges(parseSource(edited), lines));
});
