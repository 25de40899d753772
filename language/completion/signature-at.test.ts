import { expect, test } from "vitest";
import { signatureAt } from "#language/completion/signature-at.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

/** The label with the current parameter in brackets. */
function shown(source: string): string | undefined {
  const { project, file, offset } = markedProject(source);
  const found = signatureAt(file, offset, project);
  if (!found) return undefined;
  const span = found.active === undefined ? undefined : found.parameters[found.active]?.span;
  if (!span) return found.label;
  return `${found.label.slice(0, span.start)}<${found.label.slice(span.start, span.end)}>${found.label.slice(span.end)}`;
}

const tool =
  "t = Tool { input = { query = field.string{required = true}, count = field.integer{} }, function(args) return { hits = 1 } end }\n";
const cases: Readonly<Record<string, readonly [source: string, expected: string | undefined]>> = {
  "a function of the file": ["local function f(a, b) return 1 end\nf(<|>)", "f(<a>, b): integer"],
  "its second parameter": ["local function f(a, b) end\nf(1, <|>)", "f(a, <b>)"],
  "behind commas in other brackets": ["local function f(a, b) end\nf({1, 2}, g(3, 4), <|>)", "f(a, b)"],
  "inside of an argument": ["local function f(a, b) end\nf(1, (x + <|>))", "f(a, <b>)"],
  "with types of annotations": [
    "---@param name string\n---@param size? integer\nlocal function f(name, size) end\nf(<|>",
    "f(<name: string>, size?: integer)",
  ],
  "any number of arguments": ["local function f(a, ...) end\nf(1, 2, 3, <|>)", "f(a, <...>)"],
  "a primitive": ["State.set(<|>)", "set(<key: string>, value)"],
  "a library as a method": ["local s = ''\ns:rep(<|>)", "rep(<n: integer>, separator?: string): string"],
  "a function that takes itself": [
    "local M = {}\nfunction M.run(self, speed) end\nM:run(<|>)",
    "run(<speed>)",
  ],
  "a method, without the value before the colon": [
    "local M = {}\nfunction M:run(speed) end\nM:run(<|>)",
    "run(<speed>)",
  ],
  "a tool by its input": [`${tool}t({ <|> })`, "t { query: string, count?: integer }"],
  "the field of a tool that is being written": [
    `${tool}t({ count = <|> })`,
    "t { query: string, <count?: integer> }",
  ],
  "a tool without parentheses": [`${tool}t { query = <|> }`, "t { <query: string>, count?: integer }"],
  "a procedure": [
    'sum = Procedure "sum" { input = { a = field.number{required = true} }, function(i) end }\nsum({ a = <|> })',
    "sum { <a: number> }",
  ],
  "a turn of an agent": [
    "a = Agent {}\na({ temperature = <|> })",
    "a { message?: a text, tools?: a list, <temperature?: a number>, max_tokens?: a whole number, request_timeout?: a number, system_prompt?: a text, system_prompt_suffix?: a text }",
  ],
  "a declaration: what it needs, and what is being written": [
    "a = Agent { model = <|> }",
    "Agent { <model?: a text or a table>, system_prompt: a text, … }",
  ],
  "a nested table": [
    "a = Agent { response = { retries = <|> } }",
    "Agent { <retries?: a whole number>, retry_delay?: a number }",
  ],
  "options of a field": [
    "P = Procedure { input = { a = field.boolean{ required = <|> } } }",
    "boolean { <required?: true or false>, default?: anything, description?: a text, enum?: a list }",
  ],
  "nothing in the body of a function among the arguments": [
    "local function f(a) end\nf(function() <|> end)",
    undefined,
  ],
  "nothing outside of calls": ["local x = <|>", undefined],
  "nothing for what is not known": ["foo(<|>)", undefined],
};

test.for(Object.entries(cases))("%s", ([, [source, expected]]) => {
  expect(shown(source)).toBe(expected);
});

test("documentation of the function and of the parameter", () => {
  const { project, file, offset } = markedProject("State.set(<|>)");
  expect(signatureAt(file, offset, project)).toMatchObject({
    doc: expect.stringContaining("Sets a value."),
    parameters: [{ doc: "Name of the value." }, {}],
  });
});
