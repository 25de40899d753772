import { expect, test } from "vitest";
import { hintsIn } from "#language/semantics/hints.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

/** The text with its hints in guillemets. */
function hinted(source: string): string {
  const { project, file } = markedProject(source);
  const hints = hintsIn({ file, project }, { start: 0, end: file.text.length });
  return hints
    .toSorted((one, other) => other.offset - one.offset)
    .reduce(
      (text, { offset, label }) => `${text.slice(0, offset)}«${label}»${text.slice(offset)}`,
      file.text,
    );
}

const agent = "t = Tool {}\nu = Tool {}\na = Agent { tools = { t, u } }\n";
const cases: Readonly<Record<string, readonly [source: string, expected: string]>> = {
  "the type of a call's result": ["local n = #x + 1", "local n«: integer» = #x + 1"],
  "none where the value shows it": ["local n = 1", "local n = 1"],
  "none for a tool in a variable of its name": [
    'local done = require("tactus.tools.done")\nlocal finish = require("tactus.tools.done")',
    'local done = require("tactus.tools.done")\nlocal finish«: tool "done"» = require("tactus.tools.done")',
  ],
  "none for names that are meant to be unused": ["local _n = #x + 1", "local _n = #x + 1"],
  "the type of an input": [
    "P = Procedure { input = { a = field.string{} }, function(input) local b = input.a end }",
    "P = Procedure { input = { a = field.string{} }, function(input) local b«: string | nil» = input.a end }",
  ],
  "names of parameters before literals": [
    "local function f(count, name) end\nf(1, 'x')\nf(a, b)\nf(2)",
    "local function f(count, name) end\nf(«count:»1, «name:»'x')\nf(a, b)\nf(2)",
  ],
  "none for words of the language": ["State.set('a', 1)", "State.set('a', 1)"],
  "the tools of a turn": [`${agent}a()`, `${agent}a()«tools: t, u»`],
  "tools that the turn chooses": [`${agent}a({ tools = { t } })`, `${agent}a({ tools = { t } })«tools: t»`],
  "no tools": [`${agent}a({ tools = {} })`, `${agent}a({ tools = {} })«no tools»`],
  "tools that only the configuration knows": [
    "a = Agent {}\na()",
    "a = Agent {}\na()«tools of the configuration»",
  ],
};

test.for(Object.entries(cases))("%s", ([, [source, expected]]) => {
  expect(hinted(source)).toBe(expected);
});

test("only what is in sight, long types are cut and told in full", () => {
  const source = "local a = #x + 1\nlocal b = #x + 1";
  const { project, file } = markedProject(source);
  const part = { start: source.indexOf("local b"), end: source.length };
  expect(hintsIn({ file, project }, part)).toHaveLength(1);
  const long = markedProject(
    "---@return { first: string, second: integer, third: boolean }\nlocal function f() end\nlocal r = f()",
  );
  const [hint] = hintsIn(long, { start: 0, end: long.file.text.length });
  expect(hint).toMatchObject({ label: ": table", tooltip: expect.stringContaining("third: boolean") });
});
