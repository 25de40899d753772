import { expect, test } from "vitest";
import { LineIndex } from "./line-index.ts";
import { parseSource } from "./parse-source.ts";
import type { Expression, SyntaxProblem, TopStatement } from "./tree.ts";

/** A statement in a word: what it declares, or its kind. */
function brief({ node }: TopStatement): string {
  switch (node.kind) {
    case "Assignment":
      return node.targets.map(nameOf).join(", ");
    case "FunctionStatement":
      return `${nameOf(node.target)}()`;
    case "LocalFunction":
      return `local ${node.name.text}()`;
    case "LocalStatement":
      return `local ${node.names.map(({ name }) => name.text).join(", ")}`;
    case "CallStatement":
      return nameOf(node.call);
    default:
      return node.kind;
  }
}

function nameOf(expression: Expression): string {
  switch (expression.kind) {
    case "NameExpression":
      return expression.text;
    case "MemberExpression":
      return `${nameOf(expression.object)}.${expression.member.text}`;
    case "CallExpression":
      return `${nameOf(expression.callee)}(…)`;
    default:
      return expression.kind;
  }
}

/** `line:column message`, from 1, of every problem; an insertion behind `+`. */
function read(text: string): { statements: string[]; problems: string[] } {
  const { statements, offsets, problems } = parseSource(text);
  const lines = new LineIndex(text);
  const described = ({ start, message, insertion }: SyntaxProblem, base: number) => {
    const { line, character } = lines.positionAt(base + start);
    return `${line + 1}:${character + 1} ${message}${insertion ? ` +${JSON.stringify(insertion.text)}` : ""}`;
  };
  return {
    statements: statements.slice(0, -1).map(brief),
    problems: [
      ...statements.flatMap((statement, index) =>
        statement.problems.map((problem) => described(problem, offsets[index] ?? 0)),
      ),
      ...problems.map((problem) => described(problem, 0)),
    ],
  };
}

/** Damaged texts, the statements that are found all the same, and all problems. */
const cases: ReadonlyArray<
  readonly [
    name: string,
    lines: readonly string[],
    statements: readonly string[],
    problems: readonly string[],
  ]
> = [
  [
    "a missing end of an inner block",
    ["function f()", "  if x then", "    y()", "end", "", "function g() z() end", 'h = Tool { name = "h" }'],
    ["f()", "g()", "h"],
    [`3:7 'end' is missing: it closes 'if'. +"\\n  end"`],
  ],
  [
    "a missing end before the next declaration",
    ["function f()", "  y()", "", "local function g()", "  z()", "end"],
    ["f()", "local g()"],
    [`2:5 'end' is missing: it closes 'function'. +"\\nend"`],
  ],
  [
    "an empty function without its end",
    ["function f()", "x = 1"],
    ["f()", "x"],
    [`1:12 'end' is missing: it closes 'function'. +"\\nend"`],
  ],
  [
    "code that is not indented is judged by its keywords",
    ["function f()", "x = 1", "y = = 2", "end", "z = 3"],
    ["f()", "z"],
    ["3:5 An expression is missing after '='."],
  ],
  [
    "an unclosed table in a table",
    ["a = Agent {", "  tools = { x,", "  prompt = 1,", "}", "b = 2"],
    ["a", "b"],
    [`2:14 '}' is missing: it closes '{'. +"}"`],
  ],
  [
    "an unclosed table at the margin",
    ["a = Agent {", '  model = "x",', "b = Agent { c = 1 }"],
    ["a", "b"],
    [`2:14 '}' is missing: it closes '{'. +"}"`],
  ],
  [
    "an unclosed table before the function of a tool",
    ["x = Tool {", "  input = {", "    a = 1,", "  function(args) return args end", "}", "y = 1"],
    ["x", "y"],
    [`3:10 '}' is missing: it closes '{'. +"}"`],
  ],
  [
    "unclosed parentheses",
    ["local x = f(1, 2", "z = g(a,", "  b", "y = 1"],
    ["local x", "z", "y"],
    [`1:16 ')' is missing: it closes '('. +")"`, `3:3 ')' is missing: it closes '('. +")"`],
  ],
  [
    "an unclosed string ends with its line",
    ["a = Agent {", '  model = "gpt,', "  prompt = 1,", "}", "b = 1"],
    ["a", "b"],
    [`2:11 This string has no end: " is missing. +"\\""`],
  ],
  [
    "an unclosed long string ends before the next declaration",
    [
      "a = Agent {",
      "  prompt = [[",
      "    You are",
      "}",
      "",
      "-- second",
      "b = Agent {",
      "  prompt = 1,",
      "}",
    ],
    ["a", "b"],
    [`2:12 This long string has no end: its closing bracket is missing. +"]]"`],
  ],
  [
    "a long string that takes the end of another one",
    ["a = Agent {", "  prompt = [[ You", "}", "b = Agent {", "  prompt = [[ me ]] 1", "}", "c = 1"],
    ["a", "b", "c"],
    [
      `2:12 This long string has no end: its closing bracket is missing. +"]]"`,
      `5:21 ',' is missing between two values. +","`,
    ],
  ],
  [
    "a long string with a declaration in it is not doubted for an error elsewhere",
    ["a = Agent {", "  prompt = [[", "x = 1", "]],", "  model = = 1", "}"],
    ["a"],
    ["5:11 An expression is missing after '='."],
  ],
  [
    "an unclosed comment",
    ["x = 1", "--[[ comment", "y = 2"],
    ["x", "y"],
    ["2:1 This comment has no end: its closing bracket is missing."],
  ],
  [
    "names that are being typed",
    ["function f()", "  local r = agent.", "  state:", "  return r", "end", "foo."],
    ["f()", "foo."],
    [
      "2:18 A name is missing after '.'.",
      "3:8 A name is missing after ':': the method that is called.",
      "6:4 A name is missing after '.'.",
    ],
  ],
  [
    "a name that is being typed before a declaration",
    ["x = foo.", "y = 1", "z =", "w = 2"],
    ["x", "y", "z", "w"],
    ["1:8 A name is missing after '.'.", "3:3 An expression is missing after '='."],
  ],
  [
    "an if that is being typed",
    ["function f()", "  if x then", "", "  local y = 1", "  return y", "end", "z = 1"],
    ["f()", "z"],
    [`2:11 'end' is missing: it closes 'if'. +"\\n  end"`],
  ],
  [
    "functions that are being typed",
    ["function", "x = 1", "local function", "y = 2", "function bar(", "w = 4"],
    ["()", "x", "local ()", "y", "bar()", "w"],
    [
      "1:8 The name of the function is missing.",
      "3:14 The name of the function is missing.",
      `5:13 ')' is missing: it closes '('. +")"`,
    ],
  ],
  [
    "a call that is being typed",
    ["function f()", "  local a = agent(", "  local b = 2", '  Log.info("x", {', "  return b", "end"],
    ["f()"],
    [`2:18 ')' is missing: it closes '('. +")"`, `4:17 '}' is missing: it closes '{'. +"}"`],
  ],
  [
    "a missing assignment sign",
    ["x Agent {", "  a = 1,", "}", "local y 5", "z == 3", "w += 1"],
    ["x", "local y", "z", "w"],
    [
      `1:3 '=' is missing before the value. +" ="`,
      `4:9 '=' is missing before the value. +" ="`,
      "5:3 '==' compares; '=' assigns.",
      "6:3 Lua has no such assignment: write 'a = a + b'.",
    ],
  ],
  [
    "missing words of loops and conditions",
    [
      "if x",
      "  y()",
      "end",
      "while x",
      "  y()",
      "end",
      "for k pairs(t) do end",
      "for i = 1 do end",
      "if a = 1 then end",
    ],
    ["IfStatement", "WhileStatement", "GenericFor", "NumericFor", "IfStatement"],
    [
      `1:4 'then' is missing after the condition. +" then"`,
      `4:7 'do' is missing before the body of the loop. +" do"`,
      `7:7 'in' (or '=') is missing after the variables of the loop. +" in"`,
      `8:11 ',' and the last value are missing. +", 1"`,
      "9:6 '=' assigns; '==' compares.",
    ],
  ],
  [
    "closers that close nothing",
    ["x = 1", "end", "end }", "else", "y = 2"],
    ["x", "ErrorStatement", "ErrorStatement", "ErrorStatement", "y"],
    [
      "2:1 This 'end' closes nothing.",
      "3:1 This 'end' closes nothing.",
      "4:1 This 'else' belongs to no 'if'.",
    ],
  ],
  [
    "a wrong closer",
    ["x = f(1, {2})", "y = g({ 1 )", "repeat", "  z()", "end", "w = 1"],
    ["x", "y", "RepeatStatement", "w"],
    [`2:11 '}' is missing: it closes '{'. +"}"`, `4:5 'until' is missing: it closes 'repeat'. +"until"`],
  ],
  [
    "fields as other languages write them",
    ['t = { "a" = 1, b: 2, end = 3 c = 4 }', "f(a = 1)"],
    ["t", "f(…)"],
    [
      "1:7 A key that is no plain name is written in brackets: [key] = value.",
      "1:17 Between the name of a field and its value stands '=', not ':'.",
      `1:22 'end' is a word of Lua; as a key it is written ["end"].`,
      `1:30 ',' is missing between two values. +","`,
      "2:5 Arguments have no names: give a table, {name = value}, or the value alone.",
    ],
  ],
  [
    "operators and words of other languages",
    ["if a != b && !c then d() end", "// note", "const x = 1", "lcoal y = 2", "z.end = 1", "i++"],
    ["IfStatement", "ErrorStatement", "const", "x", "lcoal", "y", "z.end", "i"],
    [
      "1:6 Lua writes '~=' for '!='.",
      "1:11 Lua writes 'and' for '&&'.",
      "1:14 Lua writes 'not' for '!'.",
      "2:1 A comment starts with '--'; one of several lines is written --[[ … ]].",
      "3:1 Lua has no 'const': a variable is declared with 'local'.",
      "4:1 'lcoal' is no word of Lua: is 'local' meant?",
      `5:3 'end' is a word of Lua and no name; a field of that name is written ["end"].`,
      "6:2 Lua has no '++': write 'a = a + 1'.",
    ],
  ],
  [
    "a function without its keyword",
    ["local f(a)", "  return a", "end", "x = 1"],
    ["local f()", "x"],
    [`1:7 'function' is missing before the name of the function. +"function "`],
  ],
  [
    "else if for elseif",
    ["if a then", "  b()", "else if c then", "  d()", "end", "x = 1"],
    ["IfStatement", "x"],
    [
      `5:3 'end' is missing: it closes 'if'. After 'else', 'if' opens another one: perhaps 'elseif' is meant. +"\\nend"`,
    ],
  ],
  [
    "return in the middle",
    ["function f()", "  return 1", "  g()", "end", "return f", "x = 1"],
    ["f()", "ReturnStatement", "x"],
    [
      "2:3 'return' must be the last statement of its block.",
      "5:1 'return' must be the last statement of its block.",
    ],
  ],
  [
    "odd characters",
    ["na\u00efve = 1", "x = \u201cy\u201d", "z = 1 @"],
    ["na", "ve", "x", "z", "ErrorStatement"],
    [
      "1:3 A name has letters from a to z, digits and '_' only.",
      `2:5 Texts stand in straight quotes: "…" or '…'.`,
      "3:7 No statement starts with '@'.",
    ],
  ],
];

test.for(cases)("%s", ([, lines, statements, problems]) => {
  expect(read(`${lines.join("\n")}\n`)).toEqual({ statements, problems });
});

/** What only shows behind the grammar. */
const refused: Readonly<Record<string, string>> = {
  "local x <const> = 1 x = 2": "1:21 'x' is constant: nothing can be assigned to it.",
  "local x <const> = 1\nfunction x() end": "2:10 'x' is constant: nothing can be assigned to it.",
  "local x <fixed> = 1": "1:10 Lua has no attribute 'fixed': there are const and close.",
  "local x <close>, y <close> = 1": "1:18 Only one variable of a list can be <close>.",
  break: "1:1 'break' must stand in a loop.",
  "while x do goto a end": "1:12 No label 'a' is visible from here.",
  "::a:: ::a::": "1:7 The label 'a' exists already in this function.",
  "do goto a local x ::a:: x() end": "1:4 'goto a' jumps into the scope of the local variable 'x'.",
  "function f() return ... end":
    "1:21 '...' stands for the arguments of a function that has '...' among its parameters.",
  "#!lua": "1:1 A procedure can't start with a line for the shell: remove it.",
  "x = '\\q'": "1:6 '\\q' is no escape of Lua; a backslash is written '\\\\'.",
  "x = 3x": "1:5 '3x' is no number.",
};

test.for(Object.entries(refused))("%j", ([text, problem]) => {
  expect(read(text).problems).toEqual([problem]);
});

test("a problem knows the place that explains it", () => {
  const [statement] = parseSource("\nif x then\n  y()\n").statements;
  const [problem] = statement?.problems ?? [];
  expect(problem?.related).toEqual({ span: { start: 1, end: 3 }, message: "'if' is here" });
});

test("valid code is never judged by its indentation", () => {
  const text =
    "function f()\nif x then\ny()\n  end\n    end\nlocal t = {\na = 1,\n b = f(\n2\n),\n}\nreturn\nt\n";
  expect(read(text).problems).toEqual([]);
});
