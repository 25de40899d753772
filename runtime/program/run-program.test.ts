import { expect, test } from "vitest";
import { type RunSourceOptions, runSource } from "../testing/run-source.ts";

interface Case {
  readonly name: string;
  readonly source: string;
  readonly options?: RunSourceOptions;
  readonly result?: unknown;
  readonly error?: { readonly code: string; readonly message?: string | RegExp; readonly line?: number };
}

const body = (text: string): string => `Procedure { function(input)\n${text}\nend }`;

const cases: readonly Case[] = [
  {
    name: "several values become a list",
    source: body("return 1, nil, {a = 1}"),
    result: [1, null, { a: 1 }],
  },
  { name: "nothing becomes null", source: body("local x = 1"), result: null },
  { name: "an empty table is an object", source: body("return {}"), result: {} },
  {
    name: "an empty table is a list where the schema says so",
    source: "Procedure { output = {list = field.array{}}, function() return {list = {}} end }",
    result: { list: [] },
  },
  {
    name: "a cycle can't be returned",
    source: body("local t = {}; t.t = t; return t"),
    error: { code: "lua-error", message: /^The result of procedure 'main' can't be written as JSON: / },
  },
  {
    name: "the value of a chunk without a procedure",
    source: "local f = function() return 3 end\nx = 1",
    error: { code: "procedure-missing" },
  },
  {
    name: "a script",
    source: "input { n = field.number{default = 2} }\nlocal x = input.n * 2\nreturn {x = x}",
    result: { x: 4 },
  },
  {
    name: "a script with named functions",
    source: "local function twice(n)\n  return n * 2\nend\nlocal y = twice(4)\nreturn {y = y}",
    result: { y: 8 },
  },
  {
    name: "errors of a script stand on their line",
    source:
      "input { n = field.number{default = 2} }\n\nlocal x = input.n\nif x then error('no') end\nreturn x",
    error: { code: "lua-error", message: "no", line: 4 },
  },
  { name: "a plain main", source: "function main() return {from = 'main'} end", result: { from: "main" } },
  {
    name: "the only procedure runs",
    source: 'only = Procedure { function() return "one" end }',
    result: "one",
  },
  {
    name: "several procedures without main",
    source: "a = Procedure { function() end }\nb = Procedure { function() end }",
    error: { code: "procedure-missing", message: /several procedures \(a, b\)/ },
  },
  {
    name: "the only task runs",
    source: 'Task "build" { entry = function() return 5 end }',
    result: 5,
  },
  {
    name: "main runs although tasks are declared",
    source: 'Task "build" { entry = function() end }\nmain = Procedure { function() return 1 end }',
    result: 1,
  },
  {
    name: "a call of a sub-procedure while declarations are read",
    source: "helper = Procedure { function() return 1 end }\nlocal x = helper()",
    error: { code: "declaration-invalid", message: /not initialized yet/, line: 2 },
  },
  {
    name: "input as text, by type",
    source:
      "Procedure { input = {n = field.integer{required = true}, on = field.boolean{}, s = field.string{}}, function(i) return {n = i.n + 1, on = i.on, s = i.s} end }",
    options: { textInput: { n: "41", on: "yes", s: "7" } },
    result: { n: 42, on: true, s: "7" },
  },
  {
    name: "text that is not of the type",
    source: "\nProcedure { input = {n = field.integer{}}, function(i) return i.n end }",
    options: { textInput: { n: "many" } },
    error: { code: "input-invalid", message: /input 'n'/, line: 2 },
  },
  {
    name: "wrong and missing inputs are all named",
    source:
      'Procedure { input = {a = field.string{required = true, description = "who"}, b = field.number{}}, function() end }',
    options: { input: { b: "x" } },
    error: {
      code: "input-invalid",
      message: /not provided: a \(string\): who\n.*input 'b' must be a number, got/,
    },
  },
  {
    name: "an enum of the input",
    source: 'Procedure { input = {size = field.string{enum = {"s", "l"}}}, function() end }',
    options: { input: { size: "m" } },
    error: { code: "input-invalid", message: /input 'size' must be one of "s", "l"/ },
  },
  {
    name: "undeclared outputs are dropped",
    source: "Procedure { output = {a = field.number{}}, function() return {a = 1, b = 2} end }",
    result: { a: 1 },
  },
  {
    name: "a script keeps undeclared outputs",
    source: "output { a = field.number{} }\nreturn {a = 1, b = 2}",
    result: { a: 1, b: 2 },
  },
  {
    name: "the global input is the input",
    source: "Procedure { input = {n = field.number{default = 3}}, function() return input.n end }",
    result: 3,
  },
  {
    name: "a syntax error",
    source: "local x = 1\nProcedure { function( end }",
    error: { code: "syntax-error", line: 2 },
  },
  {
    name: "an error with a table",
    source: body("error({message = 'as a table', code = 7})"),
    error: { code: "lua-error", message: "as a table", line: 2 },
  },
  {
    name: "an error raised again keeps its code",
    source: body("local ok, e = pcall(File.read, '/etc/passwd')\nerror(e)"),
    error: { code: "file-denied", message: /^Path traversal detected/ },
  },
  {
    name: "memory",
    source: body("local t = {} for i = 1, 1e8 do t[i] = {} end"),
    options: { limits: { luaMemoryBytes: 8 * 1024 * 1024 } },
    error: { code: "limit-memory" },
  },
  {
    name: "instructions, pcall or not",
    source: body("while true do pcall(function() while true do end end) end"),
    options: { limits: { instructions: 1_000_000 } },
    error: { code: "limit-instructions", line: 2 },
  },
  {
    name: "a module that is nowhere",
    source: 'local m = require("not.there")',
    options: { answers: { "module.read": () => ({ module: null }) } },
    error: { code: "module-not-found", message: /not\/there\.tac/, line: 1 },
  },
  {
    name: "a module of the standard library that is not there",
    source: 'local m = require("tactus.nothing")',
    error: { code: "module-not-found", message: /tactus\.tools\.done, tactus\.tools\.log/ },
  },
  {
    name: "modules run once and share the globals",
    source:
      'local a, path = require("lib.a")\nlocal b = require("lib/a")\nProcedure { function() return {same = a == b, n = loads, path = path, add = a.add({x = 1})} end }',
    options: {
      modules: {
        "lib.a": {
          file: "lib/a.tac",
          source:
            'loads = (loads or 0) + 1\nreturn { add = Tool { name = "add", input = {}, function(args) return args.x + 1 end } }',
        },
      },
    },
    result: { same: true, n: 1, path: "lib/a.tac", add: 2 },
  },
  {
    name: "modules that the host has to be asked for",
    source: 'local a = require("far")\nProcedure { function() return a.name end }',
    options: {
      answers: {
        "module.read": ({ name }) => ({ module: { file: "far.tac", source: `return {name = "${name}"}` } }),
      },
    },
    result: "far",
  },
  {
    name: "modules in a circle",
    source: 'require("a")',
    options: {
      modules: {
        a: { file: "a.tac", source: 'return require("b")' },
        b: { file: "b.tac", source: '\nreturn require("a")' },
      },
    },
    error: { code: "module-not-found", message: /a → b → a/ },
  },
  {
    name: "an error in a module names the module's file",
    source: 'local a = require("a")',
    options: { modules: { a: { file: "a.tac", source: '\nerror("inside")' } } },
    error: { code: "lua-error", message: "inside", line: 2 },
  },
  {
    name: "a wrong declaration is told at its line",
    source: '\n\nbad = Tool { description = "nothing" }',
    error: { code: "declaration-invalid", message: /needs a function/, line: 3 },
  },
  {
    name: "a wrong agent is told at its line",
    source: '\nbad = Agent { model = "openai/m" }\nProcedure { function() end }',
    error: { code: "declaration-invalid", message: /'bad'.*system_prompt/, line: 2 },
  },
];

test.for(cases)("$name", ({ source, options, result, error }) => {
  const { finished } = runSource(source, options);
  if (!error) {
    expect(finished.error).toBeUndefined();
    expect(finished).toMatchObject({ status: "completed", result });
    return;
  }
  expect(finished.status).toBe("failed");
  expect(finished.error?.code).toBe(error.code);
  expect(finished.error?.file).toMatch(/\.tac$/);
  if (error.message instanceof RegExp) expect(finished.error?.message).toMatch(error.message);
  else if (error.message) expect(finished.error?.message).toBe(error.message);
  if (error.line) expect(finished.error?.line).toBe(error.line);
});

test("limits of the VM are events too", () => {
  const { events } = runSource(body("while true do end"), { limits: { instructions: 1_000_000 } });
  expect(events).toEqual([{ type: "limit.hit", limit: "instructions", value: 1_000_000 }]);
});

test.for([
  { interruption: "cancelled", expected: { status: "cancelled" } },
  { interruption: "time", expected: { status: "timed_out", error: { code: "limit-time", line: 2 } } },
  { interruption: "output", expected: { status: "failed", error: { code: "limit-output" } } },
] as const)("an interruption ($interruption) can't be caught", ({ interruption, expected }) => {
  let asked = 0;
  const { finished } = runSource(body("while true do pcall(function() while true do end end) end"), {
    interruption: () => (++asked > 1000 ? interruption : undefined),
  });
  expect(finished).toMatchObject(expected);
});

test("an input that is not declared is left out with a warning", () => {
  const { finished, events } = runSource(body("return input.x == nil"), { input: { x: 1 } });
  expect(finished.result).toBe(true);
  expect(events).toMatchObject([{ type: "log", level: "warn", message: expect.stringMatching(/Input 'x'/) }]);
});

test("print is output, and Log is log with its place", () => {
  const { events } = runSource(
    body('print("a", 1)\nLog.warning("careful", {n = {1, 2}})\nLog:info("colon")'),
  );
  expect(events).toEqual([
    { type: "output", stream: "stdout", text: "a\t1\n" },
    {
      type: "log",
      level: "warn",
      message: "careful",
      data: { n: [1, 2] },
      at: { file: "main.tac", line: 3 },
    },
    { type: "log", level: "info", message: "colon", at: { file: "main.tac", line: 4 } },
  ]);
});
