// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets have placeholders of the same form.
import { describe, expect, test } from "vitest";
import { choose, complete, labels } from "#language/completion/testing/complete.ts";
import { declarations } from "#vocabulary/declarations.ts";

describe("fields of declarations", () => {
  const kinds = [
    "Agent",
    "Tool",
    "Procedure",
    "Model",
    "Toolset",
    "Context",
    "Task",
    "Evaluation",
    "Retriever",
  ];
  test.for(kinds)("%s {} offers its fields only, required ones first", (kind) => {
    const entry = declarations.find(({ name }) => name === kind);
    const wanted =
      entry?.fields.filter(({ removed, aliasOf }) => removed === undefined && aliasOf === undefined) ?? [];
    const found = labels(`x = ${kind} { <|> }`);
    expect(found.toSorted()).toEqual(wanted.map(({ name }) => name).toSorted());
    const required = wanted.filter((field) => field.required).map(({ name }) => name);
    expect(found.slice(0, required.length)).toEqual(required.toSorted());
  });

  test("only those that are missing", () => {
    expect(labels('x = Agent { system_prompt = "", <|>, model = "m" }')).not.toContain("model");
    expect(labels('x = Agent { system_prompt = "", <|> }')).not.toContain("system_prompt");
    expect(labels("x = Agent { mod<|>el = 1 }")).toContain("model");
    expect(labels("x = Agent { model = 1, mod<|> }")).not.toContain("model");
  });

  test("a line is enough, with commas missing and the table open", () => {
    expect(labels('x = Agent {\n  model = "m"\n  <|>\n  provider = "p"\n}')).toContain("system_prompt");
    expect(labels('x = Agent {\n  model = "m",\n  <|>')).toContain("system_prompt");
    expect(labels("x = Agent {\n  sys<|>\n\nfunction f() end\n")).toContain("system_prompt");
  });

  test("type and default stand behind the label, documentation in words", () => {
    const item = complete("x = Agent { <|> }").find(({ label }) => label === "max_tool_followup_rounds");
    expect(item).toMatchObject({ detail: ": a whole number = 16", description: "Agent", kind: "field" });
    expect(item?.doc).toContain("Default: `16`");
    expect(complete("x = Agent { <|> }").find(({ label }) => label === "system_prompt")?.description).toBe(
      "required",
    );
  });

  test("fields of one type of model are offered for that type", () => {
    expect(labels('m = Model { type = "http", <|> }')).toContain("endpoint");
    expect(labels('m = Model { type = "http", <|> }')).not.toContain("system_prompt");
    expect(labels('m = Model { type = "http", <|> }').slice(0, 3)).toContain("endpoint");
  });

  test("older forms come last and are marked", () => {
    expect(complete("x = Tool { <|> }").find(({ label }) => label === "handler")).toMatchObject({
      isDeprecated: true,
      rank: 8,
    });
  });
});

describe("fields of tables in them", () => {
  const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    "of a nested table": [
      "x = Agent { retry = { <|> } }",
      ["attempts", "backoff", "delay_seconds", "enabled"],
    ],
    "of a tool in place": [
      "x = Agent { inline_tools = { { <|> } } }",
      ["name", "description", "handler", "input"],
    ],
    "of an entry of tools": [
      "x = Agent { tools = { { <|> } } }",
      ["name", "exclude", "include", "prefix", "rename"],
    ],
    "of options of a field": [
      "P = Procedure { input = { a = field.string{ <|> } } }",
      ["default", "description", "enum"],
    ],
    "of options of a number": [
      "P = Procedure { input = { a = field.number{ <|> } } }",
      ["maximum", "minimum"],
    ],
    "of a turn": [
      "x = Agent {}\nfunction f() x({ <|> }) end",
      ["message", "tools", "temperature", "system_prompt_suffix"],
    ],
    "of a mock": ["x = Agent {}\nMocks { x = { <|> } }", ["message", "tool_calls", "temporal", "returns"]],
    "of a mocked turn": ["Mocks { x = { temporal = { { <|> } } } }", ["message", "when_message"]],
    "of a mocked call": ["Mocks { x = { tool_calls = { { <|> } } } }", ["tool", "args"]],
    "of options of a primitive": [
      "function f() Human.approve({ <|> }) end",
      ["message", "timeout", "config_key"],
    ],
    "of a method": [
      "local c = Classify {}\nlocal E = require('tactus.text.extract').LLMExtractor\nlocal e = E:new { <|> }",
      ["fields", "prompt"],
    ],
    "of a model as a table": ["x = Agent { model = { <|> } }", ["name", "temperature"]],
    "of the input of a tool": [
      "t = Tool { input = { query = field.string{required = true}, count = field.integer{} }, function(a) end }\nfunction f() t({ <|> }) end",
      ["query", "count"],
    ],
    "of the input of a procedure": [
      'sub = Procedure "sub" { input = { topic = field.string{} }, function(i) end }\nProcedure { function() sub({ <|> }) end }',
      ["topic"],
    ],
    "of the result": [
      "Procedure { output = { reply = field.string{}, score = field.number{} }, function() return { reply = '', <|> } end }",
      ["score"],
    ],
    "of the result of a script": [
      "output { reply = field.string{} }\nlocal a = 1\nreturn { <|> }",
      ["reply"],
    ],
    "of an annotated parameter": [
      "---@param options { name: string, size?: integer }\nlocal function f(options) end\nf({ <|> })",
      ["name", "size"],
    ],
    "of what the prompt reads": [
      'x = Agent { system_prompt = "{input.topic} {input.message} {state.x}" }\nfunction f() x({ <|> }) end',
      ["topic"],
    ],
    "of the arguments of a mocked call": [
      "t = Tool { input = { query = field.string{} }, function(a) end }\nMocks { x = { tool_calls = { { tool = 't', args = { <|> } } } } }",
      ["query"],
    ],
    "of the arguments that a mock looks for": [
      "t = Tool { input = { query = field.string{} }, function(a) end }\nMocks { t = { conditional = { { when = { <|> }, returns = 1 } } } }",
      ["query"],
    ],
    "of a mocked answer": [
      "a = Agent { output = { score = field.number{} } }\nMocks { a = { data = { <|> } } }",
      ["score"],
    ],
    "of names that can be mocked": ["x = Agent {}\nt = Tool {}\nMocks { x = {}, <|> }", ["t"]],
  };
  test.for(Object.entries(cases))("%s", ([, [source, expected]]) => {
    const found = labels(source);
    for (const label of expected) expect(found).toContain(label);
    expect(new Set(found).size).toBe(found.length);
  });

  test("nothing that the table has, and nothing of another one", () => {
    expect(labels("Procedure { output = { a = field.string{} }, function() return { <|> } end }")).toEqual([
      "a",
    ]);
    expect(labels("x = Agent {}\nfunction f() x({ <|> }) end")[0]).toBe("message");
    expect(labels("x = Agent { retry = { attempts = 1, <|> } }")).not.toContain("attempts");
    expect(labels("x = Agent { retry = { <|> } }")).not.toContain("model");
    expect(labels("P = Procedure { input = { a = field.boolean{ <|> } } }")).not.toContain("minimum");
    expect(labels("local t = { <|> }")).not.toContain("model");
  });
});

describe("what is inserted", () => {
  const cases: Readonly<Record<string, readonly [string, string, string]>> = {
    "a text": ["x = Agent {\n  <|>\n}", "model", 'x = Agent {\n  model = "$0",\n}'],
    "a prompt": ["x = Agent {\n  <|>\n}", "system_prompt", "x = Agent {\n  system_prompt = [[\n\t$0\n]],\n}"],
    "a table": ["x = Agent {\n  <|>\n}", "retry", "x = Agent {\n  retry = { $0 },\n}"],
    "no comma in one line": ["x = Agent { <|> }", "retry", "x = Agent { retry = { $0 } }"],
    "no second comma": ["x = Agent { <|>, a = 1 }", "retry", "x = Agent { retry = { $0 }, a = 1 }"],
    "a name alone before its value": ["x = Agent { mod<|> = 1 }", "model", "x = Agent { model = 1 }"],
    "a function with its parameters": [
      "x = Agent { <|> }",
      "prepare",
      "x = Agent { prepare = function(turn)\n\t$0\nend }",
    ],
    "a choice": [
      "x = Agent { <|> }",
      "disable_streaming",
      "x = Agent { disable_streaming = ${1|true,false|} }",
    ],
    "a field of a schema": [
      "P = Procedure { input = { <|> } }",
      "name = field.…",
      "P = Procedure { input = { ${1:name} = field.${2|string,number,integer,boolean,array,object|}{$0} } }",
    ],
  };
  test.for(Object.entries(cases))("%s", ([, [source, label, expected]]) => {
    expect(choose(source, label)).toBe(expected);
  });
});
