import { describe, expect, test } from "vitest";
import { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { typeText } from "#language/semantics/type-text.ts";

function fileOf(text: string): ProcedureFile {
  return new ProcedureFile("file:///a.tac", text, {
    moduleType: () => undefined,
    globalOfModules: () => undefined,
  });
}

/** The printed type of the last local of that name. */
function typeOfLocal(text: string, name: string): string {
  const file = fileOf(text);
  for (const model of file.models.toReversed()) {
    const binding = model.scopes.bindings.findLast((each) => each.name === name);
    if (binding) return typeText(file.types.typeOfBinding(model, binding));
  }
  throw new Error(`There is no local ${name}.`);
}

const agent =
  'writer = Agent { provider = "openai", system_prompt = "x", output = { score = field.number{required = true} } }';
const tool =
  "add = Tool { input = { a = field.number{required = true}, b = field.string{} }, function(args) return { sum = args.a } end }";

describe("types of locals", () => {
  test.for([
    ["a literal", "local x = 1", "integer"],
    ["a float", "local x = 1.5", "number"],
    ["text is widened", 'local x = "a"', "string"],
    ["a constant keeps its text", 'local x <const> = "a"', '"a"'],
    ["nothing", "local x", "nil"],
    ["arithmetic of integers", "local x = 1 + 2", "integer"],
    ["a division is a float", "local x = 1 / 2", "number"],
    ["a comparison", "local x = 1 < 2", "boolean"],
    ["joined texts", 'local x = "a" .. 1', "string"],
    ["or", "local t\nlocal x = t or 1", "integer"],
    ["a later assignment", "local x = 1\nx = {}", "integer | table"],
    ["a table with fields", 'local x = { a = 1, b = "c" }', "{ a: integer, b: string }"],
    [
      "fields that are added later",
      "local x = {}\nx.a = 1\nfunction x.f() return true end",
      "{ a: integer, f: fun(): boolean }",
    ],
    ["a list", "local x = { 1, 2 }", "integer[]"],
    ["a function's first result", "local function f() return 1, 'a' end\nlocal x = f()", "integer"],
    ["a function's second result", 'local function f() return 1, "a" end\nlocal _, x = f()', "string"],
    ["a loop counter", "for x = 1, 3 do end", "integer"],
    ["a list item", 'for _, x in ipairs({ "a" }) do end', "string"],
    ["a method of a text", 'local x = ("a"):upper()', "string"],
    ["require of a tool", 'local x = require("tactus.tools.done")', "any"],
    ["an agent", `${agent}\nlocal x = writer`, 'agent "writer"'],
    ["a structured answer", `${agent}\nlocal x = writer("go").output.score`, "number"],
    ["a tool's result", `${tool}\nlocal x = add({ a = 1 }).sum`, "number"],
    [
      "a tool that is looked up",
      `${tool}\nlocal function f() local x = Tool("add")({ a = 1 }).sum end`,
      "number",
    ],
    ["a checkpoint's value", "local x = Step.checkpoint(function() return os.time() end)", "integer"],
    ["a circle", "local x = y\ny = x", "any"],
  ] as const)("%s", ([, text, type]) => {
    expect(typeOfLocal(text, "x")).toBe(type);
  });
});

describe("parameters", () => {
  test.for([
    ["of a tool", tool, "args", "{ a: number, b?: string }"],
    [
      "of a procedure, with defaults",
      'Procedure { input = { topic = field.string{default = "x"}, n = field.integer{} }, function(input) end }',
      "input",
      "{ topic: string, n?: integer }",
    ],
    [
      "of an inline tool",
      'Toolset "web" { tools = { { name = "get", input = { url = field.string{required = true} }, function(args) end } } }',
      "args",
      "{ url: string }",
    ],
    ["by annotation", "---@param x string|integer\nlocal function f(x) end", "x", "string | integer"],
    [
      "of a class",
      "---@class Point\n---@field y number\nlocal _\n---@param x Point\nlocal function f(x) end",
      "x",
      "Point",
    ],
    ["nothing is known", "local function f(x) end", "x", "any"],
  ] as const)("%s", ([, text, name, type]) => {
    expect(typeOfLocal(text, name)).toBe(type);
  });
});

describe("a type does not depend on how far away it comes from", () => {
  const linked = (length: number, first: string): string =>
    Array.from({ length }, (_, index) => `local x${index + 1} = x${index}`)
      .join("\n")
      .replace("x0", first);
  test.for([
    ["2,000 variables", linked(2000, "1"), "x2000", "integer"],
    [
      "a circle of 2,000 globals",
      `${linked(2000, "x2000").replaceAll("local ", "")}\nlocal x = x2000`,
      "x",
      "any",
    ],
    [
      "150 fields",
      `local x = (${"{ a = ".repeat(150)}1${" }".repeat(150)})${".a".repeat(150)}`,
      "x",
      "integer",
    ],
    ["2,000 operators", `local x = ${"1 + ".repeat(2000)}1`, "x", "integer"],
    [
      "2,000 calls",
      `local function f() return f end\nlocal x = f${"()".repeat(2000)}`,
      "x",
      "fun(): fun(): fun(): fun()",
    ],
  ] as const)("%s", ([, text, name, type]) => {
    expect(typeOfLocal(text, name)).toBe(type);
  });
});

test("the fields of the state are those that procedures declare", () => {
  const file = fileOf("Procedure { state = { n = field.integer{default = 0} }, function() end }");
  expect(typeText(file.types.stateType())).toBe("{ n: integer }");
});

test("a schema in a local is followed", () => {
  const text =
    "local schema = { n = field.integer{required = true} }\nProcedure { input = schema, function(input) end }";
  expect(typeOfLocal(text, "input")).toBe("{ n: integer }");
});
