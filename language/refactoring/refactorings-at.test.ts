import { describe, expect, test } from "vitest";
import { refactoringsAt } from "#language/refactoring/refactorings-at.ts";
import { applied } from "#language/semantics/testing/applied.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

type Source = string | Readonly<Record<string, string>>;

/** The text after a rewrite of what is selected (`[|…|]`) or at the cursor; undefined when it is not offered. */
function rewritten(source: Source, title: string): string | undefined {
  const { project, files, file, offset } = markedProject(source);
  const [selected] = files.find(({ uri }) => uri === file.uri)?.ranges ?? [];
  const selection = selected ?? { start: offset, end: offset };
  const found = refactoringsAt({ file, project }, selection).find((each) => each.title.startsWith(title));
  return found && applied(file.text, found.edits());
}

function check(
  title: string,
  cases: Readonly<Record<string, readonly [source: Source, expected: string | undefined]>>,
): void {
  test.for(Object.entries(cases))("%s", ([, [source, expected]]) => {
    expect(rewritten(source, title)).toBe(expected);
  });
}

describe("extract", () => {
  check("Extract into", {
    "a call": ["print([|f(1)|])", "local f_result = f(1)\nprint(f_result)"],
    "a field": [
      "function g(input)\n  return { a = [|input.topic|] .. 'x' }\nend",
      "function g(input)\n  local topic2 = input.topic\n  return { a = topic2 .. 'x' }\nend",
    ],
    "with blanks around": ["print([| 1 + 2 |])", "local value = 1 + 2\nprint( value )"],
    "in a block, with its indent": [
      "do\n    x = [|1 + y|]\nend",
      "do\n    local value = 1 + y\n    x = value\nend",
    ],
    "the condition of an if": ["if [|f()|] then end", "local f_result = f()\nif f_result then end"],
    "not half of an expression": ["x = 1 [|+ 2|]", undefined],
    "not a whole statement": ["[|f()|]", undefined],
    "not what is assigned": ["[|a.b|] = 1", undefined],
    "not the condition of a loop": ["while [|f()|] do end", undefined],
    "not a later condition": ["if a then elseif [|f()|] then end", undefined],
    "not what may never be found out": ["x = a and [|f()|]", undefined],
    "a name that is free": [
      "local f_result = 1\nprint([|f()|])",
      "local f_result = 1\nlocal f_result2 = f()\nprint(f_result2)",
    ],
    "nothing selected": ["x = <|>1", undefined],
  });
});

describe("inline", () => {
  check("Inline", {
    "a literal, everywhere": ["local <|>limit = 10\nprint(limit, limit + 1)", "print(10, 10 + 1)"],
    "a call in the next statement": [
      "function g()\n  local r<|> = f()\n  return r.output\nend",
      "function g()\n  return f().output\nend",
    ],
    "with brackets where they are needed": [
      "do\n  local s<|> = a + b\n  print(s * 2)\nend",
      "do\n  print((a + b) * 2)\nend",
    ],
    "from a use": ["local limit = 10\nprint(<|>limit)", "print(10)"],
    "not over another statement": ["do\n  local r<|> = f()\n  g()\n  print(r)\nend", undefined],
    "not a call twice": ["do\n  local r<|> = f()\n  print(r, r)\nend", undefined],
    "not into a loop": ["do\n  local r<|> = f()\n  while x do print(r) end\nend", undefined],
    "not into a function": ["do\n  local r<|> = f()\n  h(function() return r end)\nend", undefined],
    "not what is set again": ["local a<|> = 1\na = 2\nprint(a)", undefined],
    "not several names": ["local a<|>, b = 1, 2\nprint(a)", undefined],
    "not what nobody reads": ["local a<|> = 1", undefined],
    "not a parameter": ["function f(a<|>) return a end", undefined],
  });
});

describe("wrap in a checkpoint", () => {
  check("Wrap in", {
    "a clock": [
      "function f() local t = os.ti<|>me() end",
      "function f() local t = Step.checkpoint(function() return os.time() end) end",
    ],
    "a function of the file": [
      "function f() lo<|>ad() end",
      "function f() Step.checkpoint(function() return load() end) end",
    ],
    "not what is recorded by itself": ["a = Agent {}\nfunction f() <|>a() end", undefined],
    "not what computes": ["function f() return string.up<|>per('x') end", undefined],
    "not inside of one": ["function f() Step.checkpoint(function() return os.ti<|>me() end) end", undefined],
    "not at the top of a file": ["local t = os.ti<|>me()", undefined],
  });
});

describe("organize requires", () => {
  const [a, b, c] = ["a", "b", "c"].map((name) => `local ${name} = require("${name}")`);
  check("Organize", {
    sorted: [`${b}\n${a}\nprint(a, b)<|>`, `${a}\n${b}\nprint(a, b)`],
    "without those that nothing uses": [`${a}\n${b}\n${c}\nprint(a, c)<|>`, `${a}\n${c}\nprint(a, c)`],
    "without any": [`${a}\nprint(1)<|>`, "print(1)"],
    "not when nothing changes": [`${a}\n${b}\nprint(a, b)<|>`, undefined],
    "only the first run of them": [`${b}\n-- why\n${a}\nprint(a, b)<|>`, undefined],
    "with the line ends of the file": [`${b}\r\n${a}\r\nprint(a, b)<|>`, `${a}\r\n${b}\r\nprint(a, b)`],
    "what is required for what it does stays": ['local _x = require("x")\nprint(1)<|>', undefined],
  });
});

describe("add a require", () => {
  check("Add local", {
    "of the library": [
      "a = Agent { tools = { do<|>ne } }",
      'local done = require("tactus.tools.done")\n\na = Agent { tools = { done } }',
    ],
    "of the project": [
      { "sums.tac": "return {}", "main.tac": "print(su<|>ms.add)" },
      'local sums = require("sums")\n\nprint(sums.add)',
    ],
    "not of what is defined": ["done = 1\nprint(do<|>ne)", undefined],
    "not of words": ["print(sta<|>te)", undefined],
  });
});
