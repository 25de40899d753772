import { expect, test } from "vitest";
import { parseSource } from "#language/syntax/parse-source.ts";
import { selectionRanges } from "./selection-ranges.ts";

/** What is selected step by step at the `|`, without the last step, the whole file. */
function steps(marked: string): string[] {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const ranges = selectionRanges(parseSource(text), offset);
  expect(ranges.at(-1)).toEqual({ start: 0, end: text.length });
  return ranges.slice(0, -1).map(({ start, end }) => text.slice(start, end));
}

const cases: Readonly<Record<string, readonly [marked: string, steps: readonly string[]]>> = {
  "an argument": ["f(a + b|b, c)\n", ["bb", "a + bb", "a + bb, c", "(a + bb, c)", "f(a + bb, c)"]],
  "a field of a table": ["t = {a = 1|}\n", ["1", "a = 1", "{a = 1}", "t = {a = 1}"]],
  "a word in a text": ['x = "one tw|o"\n', ["two", "one two", '"one two"', 'x = "one two"']],
  "a line in a long text": [
    "x = [[\n  one two|\n  three]]\n",
    ["two", "one two", "  one two\n  three", "[[\n  one two\n  three]]", "x = [[\n  one two\n  three]]"],
  ],
  "a statement in a block": ["do\n  a()\n  b|()\nend\n", ["b", "b()", "a()\n  b()", "do\n  a()\n  b()\nend"]],
  "a member": ["x = a.b|.c\n", ["b", "a.b", "a.b.c", "x = a.b.c"]],
  "a comment": ["x = 1\n-- one\n-- tw|o\ny = 2\n", ["two", "-- two", "-- one\n-- two"]],
  parameters: [
    "f = function(a|, b) end\n",
    ["a", "a, b", "(a, b)", "function(a, b) end", "f = function(a, b) end"],
  ],
  "the start of a file": ["|x = 1\n", ["x", "x = 1"]],
};

test.for(Object.entries(cases))("%s", ([, [marked, expected]]) => {
  expect(steps(marked)).toEqual(expected);
});

test("at each offset the ranges grow and hold it", () => {
  const text =
    'A = Agent {\n  -- note\n  p = [[\n Hi {x}\n ]], t = {a, "b"},\n}\nf(function() return a.b[1] end) goto x\n';
  const tree = parseSource(text);
  for (let offset = 0; offset <= text.length; offset++) {
    const ranges = selectionRanges(tree, offset);
    for (const [index, { start, end }] of ranges.entries()) {
      expect(start <= offset && offset <= end).toBe(true);
      const before = ranges[index - 1];
      if (before) expect(start <= before.start && end >= before.end).toBe(true);
    }
  }
});
