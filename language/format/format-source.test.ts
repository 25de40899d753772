import { describe, expect, test } from "vitest";
import { parseSource } from "#language/syntax/parse-source.ts";
import { defaultFormatOptions, type FormatOptions } from "./format-options.ts";
import { formatEdits, formatSource } from "./format-source.ts";

function format(text: string, options: Partial<FormatOptions> = {}): string {
  return formatSource(parseSource(text), { ...defaultFormatOptions, ...options });
}

const cases: Readonly<Record<string, readonly [source: string, formatted: string]>> = {
  "an empty file": ["", ""],
  "a file of blanks": ["\n\n  \n", ""],
  "a comment alone": ["\n-- hello  ", "-- hello\n"],
  "spaces around operators": ["x=1+2*-3 ..'a'", "x = 1 + 2 * -3 .. 'a'\n"],
  "two minus are no comment": ["x=- -y\nz = - - -1", "x = - -y\nz = - - -1\n"],
  "unary operators": ["x = not  y , # t,~ 1", "x = not y, #t, ~1\n"],
  attributes: ["local x<const>,y < close > =1,nil", "local x <const>, y <close> = 1, nil\n"],
  "brackets beside long strings": ["t={[ [[a]]]=b[ [=[c]=]]}", "t = {[ [[a]] ] = b[ [=[c]=] ]}\n"],
  labels: ["goto done :: done ::", "goto done\n::done::\n"],
  "one statement a line": ["a=1;b=2 c=3", "a = 1\nb = 2\nc = 3\n"],
  "a semicolon that separates a call stays": ["f = g;(h or i)()", "f = g;\n(h or i)()\n"],
  "the same behind a comment": ["f = g -- why\n;(h or i)()", "f = g;  -- why\n(h or i)()\n"],
  "other semicolons go": [";;return 1;", "return 1\n"],
  "calls without parentheses": [
    'require"x"\nAgent{ a=1 }\nModel "m"{b=2}',
    'require "x"\nAgent {a = 1}\nModel "m" {b = 2}\n',
  ],
  "constructors of fields": ["x = field . string {required=true}", "x = field.string{required = true}\n"],
  "blank lines": ["\n\na=1\n\n\n\nb=2\nc=3\n\n", "a = 1\n\nb = 2\nc = 3\n"],
  "blank lines in blocks": ["do\n\na()\n\n\nb()\n\nend", "do\n    a()\n\n    b()\nend\n"],
  "a short block on one line stays": ["if x then return end", "if x then return end\n"],
  "a block with two statements does not": ["if x then a() b() end", "if x then\n    a()\n    b()\nend\n"],
  "nor one with a block in it": [
    "for a in b do if c then d() end end",
    "for a in b do\n    if c then d() end\nend\n",
  ],
  "an empty block": ["local f = function ( a,... )\nend", "local f = function(a, ...) end\n"],
  "all branches are broken": [
    "if a then b() elseif c then d() else e() end",
    "if a then\n    b()\nelseif c then\n    d()\nelse\n    e()\nend\n",
  ],
  "repeat and until": [
    "repeat local z=f(); n=n+1 until z",
    "repeat\n    local z = f()\n    n = n + 1\nuntil z\n",
  ],
  "a table on one line": ["t = {1,2;3,}", "t = {1, 2, 3}\n"],
  "a table on several lines": ["t = {a=1,\nb=2}", "t = {\n    a = 1,\n    b = 2,\n}\n"],
  "a table with a break before its end only": ["t = {a=1, b=2\n}", "t = {\n    a = 1,\n    b = 2,\n}\n"],
  "rows of numbers": ["t = {\n1,0,\n0,-1}", "t = {\n    1, 0,\n    0, -1,\n}\n"],
  "a function in a table on one line": [
    "Procedure {function(input)\nreturn 1\nend}",
    "Procedure {function(input)\n    return 1\nend}\n",
  ],
  "arguments that hold a function": [
    "x = pcall(function()\nf()\nend,1)",
    "x = pcall(function()\n    f()\nend, 1)\n",
  ],
  "arguments on several lines": ["f(\na,b)", "f(\n    a,\n    b\n)\n"],
  "arguments broken without need": ["f(a,\n  b)", "f(a, b)\n"],
  "operators at the end of lines": ["x = a ..\nb .. c", "x = a ..\n    b .. c\n"],
  "operators at the start of lines": ["x = a\n.. b .. c", "x = a\n    .. b .. c\n"],
  "a condition on several lines": ["if a and\nb then c() end", "if a and\n    b\nthen\n    c()\nend\n"],
  "a chain of calls": ["x = q\n:a()\n:b()", "x = q\n    :a()\n    :b()\n"],
  "parentheses that were broken": ["x = (\na+b)", "x = (\n    a + b\n)\n"],
  "comments in a table": [
    "t = { -- why\na = 1 -- first\n,b = 2, -- second\n\n-- last\n}",
    "t = {  -- why\n    a = 1,  -- first\n    b = 2,  -- second\n\n    -- last\n}\n",
  ],
  "aligned comments stay aligned": [
    "local a = 1     -- one\nlocal bbb = 22  -- two\nlocal c = 3 -- three",
    "local a = 1     -- one\nlocal bbb = 22  -- two\nlocal c = 3  -- three\n",
  ],
  "comments within a line": ["f(--[[a]]1 --[[b]],2--[[c]])", "f(--[[a]] 1, --[[b]] 2 --[[c]])\n"],
  "a comment before else": [
    "if a then\nb()\n-- otherwise\nelse c() end",
    "if a then\n    b()\n    -- otherwise\nelse\n    c()\nend\n",
  ],
  "a comment amid an expression": ["x = -- why\n1", "x =  -- why\n    1\n"],
  "declarations of several lines stand apart": [
    "x = 1\nA = Agent {\na=1}\n-- about f\nfunction f() g() h() end\ny = 2",
    "x = 1\n\nA = Agent {\n    a = 1,\n}\n\n-- about f\nfunction f()\n    g()\n    h()\nend\n\ny = 2\n",
  ],
  "declarations of one line don't": ["A = Agent {}\nB = Agent {}", "A = Agent {}\nB = Agent {}\n"],
};

test.for(Object.entries(cases))("%s", ([, [source, formatted]]) => {
  expect(format(source)).toBe(formatted);
});

test("long strings stay byte for byte", () => {
  const prompt = "[==[\n\tYou  are \r\n  helpful.  \n\n\n]==]";
  expect(format(`Agent{\nprompt=${prompt}}`)).toBe(`Agent {\n    prompt = ${prompt},\n}\n`);
});

const long = "a_rather_long_name_of_something";

describe("a line that is too long", () => {
  const cases: Readonly<Record<string, readonly [source: string, formatted: string]>> = {
    table: [
      `t = {first = ${long}, second = ${long}, third = ${long}}`,
      `t = {\n    first = ${long},\n    second = ${long},\n    third = ${long},\n}\n`,
    ],
    "table as last argument": [
      `f("x", {first = ${long}, second = ${long}, third = ${long}})`,
      `f("x", {\n    first = ${long},\n    second = ${long},\n    third = ${long},\n})\n`,
    ],
    "function as last argument": [
      `table.sort(items, function(first, second) return first.${long} < second.${long} end)`,
      `table.sort(items, function(first, second)\n    return first.${long} < second.${long}\nend)\n`,
    ],
    arguments: [
      `f(${long}, ${long}, ${long}, 1)`,
      `f(\n    ${long},\n    ${long},\n    ${long},\n    1\n)\n`,
    ],
    parameters: [
      `function f(${long}, ${long}1, ${long}2) return 1 end`,
      `function f(\n    ${long},\n    ${long}1,\n    ${long}2\n)\n    return 1\nend\n`,
    ],
    "call in a call": [
      `print(string.format("%s %s", ${long}, ${long}, ${long}))`,
      `print(string.format(\n    "%s %s",\n    ${long},\n    ${long},\n    ${long}\n))\n`,
    ],
    condition: [
      `if ${long} and ${long} or ${long} and x then return end`,
      `if ${long} and ${long} or\n    ${long} and x\nthen\n    return\nend\n`,
    ],
    "joined texts": [
      `x = "${long}" .. ${long} .. "${long}" .. ${long}`,
      `x = "${long}" .. ${long} ..\n    "${long}" .. ${long}\n`,
    ],
    "chain of calls": [
      `x = q:a(${long}):b(${long}):c(${long})`,
      `x = q:a(${long})\n    :b(${long})\n    :c(${long})\n`,
    ],
    values: [`return ${long}, ${long}, ${long}, 1`, `return ${long},\n    ${long},\n    ${long},\n    1\n`],
    "a text alone": [`log("${long} ${long} ${long} ${long}")`, `log("${long} ${long} ${long} ${long}")\n`],
  };
  test.for(Object.entries(cases))("%s", ([, [source, formatted]]) => {
    expect(format(source)).toBe(formatted);
  });
});

describe("a file with errors", () => {
  test.for([
    ["x=1\ny = = 2\nz=3", "x = 1\ny = = 2\nz = 3\n"],
    ["x=1\n\n\n  function f(\n  g( )\nend\n\n\n\nz=3", "x = 1\n\n\n  function f(\n  g( )\nend\n\nz = 3\n"],
    // A text without its end would take in whatever is added at the end of the file.
    ["x=1\ny = [[ text", "x = 1\ny = [[ text"],
    // What the damage may have put at the outermost level is not moved.
    ["function f()\n  a( = )\nend\n  local x=1\nend", "function f()\n  a( = )\nend\n  local x=1\nend"],
  ])("only statements without errors are formatted: %j", ([source, formatted]) => {
    expect(format(source!)).toBe(formatted);
  });
});

test.for<readonly [string, Partial<FormatOptions>, string, string]>([
  ["two columns", { indentSize: 2 }, "do x() y() end", "do\n  x()\n  y()\nend\n"],
  ["tabs", { useTabs: true }, "do x() y() end", "do\n\tx()\n\ty()\nend\n"],
  ["a narrow line", { lineWidth: 10 }, "f(aaaa, bbbb)", "f(\n    aaaa,\n    bbbb\n)\n"],
  ["line ends of the file", {}, "x=1\r\ny=2", "x = 1\r\ny = 2\r\n"],
  ["chosen line ends", { endOfLine: "lf" }, "x=1\r\ny=2", "x = 1\ny = 2\n"],
])("%s", ([, options, source, formatted]) => {
  expect(format(source, options)).toBe(formatted);
});

describe("changes", () => {
  test("are as small as they can be", () => {
    expect(formatEdits(parseSource("x = 1\nt = {a=1}\n"), defaultFormatOptions)).toEqual([
      { start: 12, end: 12, text: " " },
      { start: 13, end: 13, text: " " },
    ]);
    expect(formatEdits(parseSource("do\n  x()\nend\n"), defaultFormatOptions)).toEqual([
      { start: 5, end: 5, text: "  " },
    ]);
  });

  test("move a comma over a comment at once", () => {
    const source = "t = {\n    a = 1 -- why\n    , b = 2,\n}\n";
    expect(formatEdits(parseSource(source), defaultFormatOptions)).toEqual([
      { start: 15, end: 28, text: ",  -- why\n   " },
    ]);
  });

  test("are limited to the lines of a range", () => {
    const source = "a=1\nb=2\nc=3\n";
    const edits = formatEdits(parseSource(source), defaultFormatOptions, { start: 5, end: 6 });
    expect(edits.map(({ start }) => start)).toEqual([5, 6]);
  });
});
