import { describe, expect, test } from "vitest";
import { parseSource } from "#language/syntax/parse-source.ts";
import { formatOnType } from "./format-on-type.ts";

/** The text after typing; `|` in `typed` is the cursor, which stands behind the character that was typed. */
function typing(typed: string, character: string): string {
  const offset = typed.indexOf("|");
  const source = typed.replace("|", "");
  const options = { indentSize: 2, useTabs: false };
  const changes = formatOnType(parseSource(source), offset, character, options);
  let text = source;
  for (const { start, end, text: inserted } of changes.toReversed())
    text = text.slice(0, start) + inserted + text.slice(end);
  return text;
}

describe("a new line", () => {
  const cases: Readonly<Record<string, readonly [typed: string, result: string]>> = {
    "is indented in a block": ["if a then\n|\nend", "if a then\n  \nend"],
    "is indented in a table": ["t = {\n  a = 1,\n|\n}", "t = {\n  a = 1,\n  \n}"],
    "is indented as its opener's line": [
      "    f(function()\n|\n    end)",
      "    f(function()\n      \n    end)",
    ],
    "goes back where something closes": ["do\n  x()\n  |end", "do\n  x()\nend"],
    "goes back before else": ["if a then\n  x()\n    |else\nend", "if a then\n  x()\nelse\nend"],
    "is at the margin behind a statement": ["x = 1\n  |\ny = 2", "x = 1\n\ny = 2"],
    "stays in an unfinished statement": ["x =\n  |\n", "x =\n  \n"],
    "stays in a long text": ["p = [[\n    |\n]]", "p = [[\n    \n]]"],
    "stays in a comment": ["do --[[\n      |\n]] end", "do --[[\n      \n]] end"],
  };
  test.for(Object.entries(cases))("%s", ([, [typed, result]]) => {
    expect(typing(typed, "\n")).toBe(result);
  });
});

describe("the missing end", () => {
  const cases: Readonly<Record<string, readonly [typed: string, result: string]>> = {
    "of a function": ["function f()\n|\nx = 1\n", "function f()\n  \nend\nx = 1\n"],
    "of a function in a function": [
      "function f()\n  if x then\n  |\nend\n",
      "function f()\n  if x then\n    \n  end\nend\n",
    ],
    "before more of the block": [
      "function f()\n  for a in b do\n  |\n  g()\nend\n",
      "function f()\n  for a in b do\n    \n  end\n  g()\nend\n",
    ],
    "of a while loop": ["while a do\n|\n", "while a do\n  \nend\n"],
    "of a do block": ["do\n|\n", "do\n  \nend\n"],
    "of a function that is an argument": ["f(function()\n|)\n", "f(function()\n  \nend)\n"],
    "in a table": ["P {\n  function(input)\n  |\n}\n", "P {\n  function(input)\n    \n  end\n}\n"],
    "with the line ends of the file": ["do\r\n|\r\n", "do\r\n  \r\nend\r\n"],
  };
  test.for(Object.entries(cases))("%s is put in", ([, [typed, result]]) => {
    expect(typing(typed, "\n")).toBe(result);
  });

  const untouched: Readonly<Record<string, readonly [typed: string, result: string]>> = {
    "when it is there": ["function f()\n|\nend\n", "function f()\n  \nend\n"],
    "when deeper lines may be its block": ["if a then\n|\n    x()\n", "if a then\n  \n    x()\n"],
    "when the cursor would move behind it": ["function f()\n|", "function f()\n  "],
    "when a statement stands behind the cursor": ["function f()\n|g()\n", "function f()\n  g()\n"],
    "two lines below": ["function f()\n\n|\nx = 1\n", "function f()\n\n  \nx = 1\n"],
    "of repeat": ["repeat\n|\nx = 1\n", "repeat\n  \nx = 1\n"],
  };
  test.for(Object.entries(untouched))("is not put in %s", ([, [typed, result]]) => {
    expect(typing(typed, "\n")).toBe(result);
  });
});

describe("a closing word or bracket", () => {
  test.for([
    ["if a then\n  x()\n  end|", "d", "if a then\n  x()\nend"],
    ["  t = {\n    a = 1,\n    }|", "}", "  t = {\n    a = 1,\n  }"],
    ["f(\n  a\n  )|", ")", "f(\n  a\n)"],
    ["if a then\n  x()\n  else|\nend", "e", "if a then\n  x()\nelse\nend"],
    ["repeat\n  x()\n  until|", "l", "repeat\n  x()\nuntil"],
    ["do\n  append|\nend", "d", "do\n  append\nend"],
    ["do\n  x = end|\n", "d", "do\n  x = end\n"],
    ["do\n  t = {}|\nend", "}", "do\n  t = {}\nend"],
    ["  end|", "d", "  end"],
  ])("%j", ([typed, character, result]) => {
    expect(typing(typed!, character!)).toBe(result);
  });
});
