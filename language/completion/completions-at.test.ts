// biome-ignore-all lint/suspicious/noTemplateCurlyInString: snippets have placeholders of the same form.
import { describe, expect, test } from "vitest";
import { choose, complete, labels } from "#language/completion/testing/complete.ts";
import { nothingConfigured } from "#language/project/project-view.ts";

type Source = string | Readonly<Record<string, string>>;
type Case = readonly [source: Source, has: readonly string[], hasNot?: readonly string[]];

function check([source, has, hasNot = []]: Case): void {
  const found = labels(source);
  for (const label of has) expect(found).toContain(label);
  for (const label of hasNot) expect(found).not.toContain(label);
  expect(new Set(found).size).toBe(found.length);
}

describe("names", () => {
  const cases: Readonly<Record<string, Case>> = {
    "locals that are visible": [
      "local a = 1\ndo local b = 2 end\nlocal function f(c) local d = 1; <|> end\nlocal e = 1",
      ["a", "f", "c", "d"],
      ["b", "e"],
    ],
    "a local is not visible in its own value": ["local abc = <|>", [], ["abc"]],
    "in a function that is not closed": ["function f(near)\n  <|>", ["near", "Human"], ["agent"]],
    "in a result that is being written": ["function f(near)\n  return <|>", ["near", "Human"]],
    "globals of the file": ["function help() end\n<|>", ["help"]],
    "words of the language and of Lua": ["<|>", ["Agent", "Tool", "string", "print"]],
    "at the top nothing that only a running procedure has": [
      "<|>\nProcedure { function() end }",
      ["Agent"],
      ["Human", "File"],
    ],
    "in a function nothing that only declares": [
      "function f()\n  <|>\nend",
      ["Human", "File", "Tool"],
      ["Specification", "Hitl "],
    ],
    "in a script both": ["input {}\n<|>\nreturn {}", ["Agent", "Human"]],
    "no snippets inside of expressions": ["x = <|>", ["Agent"], ["agent", "procedure", "approve"]],
    "snippets where a statement begins": ["<|>", ["agent", "procedure"], ["approve"]],
    "snippets of functions in functions": [
      "function f()\n  <|>\nend",
      ["approve", "local checkpoint"],
      ["procedure"],
    ],
  };
  test.for(Object.entries(cases))("%s", ([, each]) => {
    check(each);
  });

  test("names in order: what is nearest first", () => {
    const found = labels("far = 1\nlocal function f(near) <|> end");
    expect(found.indexOf("near")).toBeLessThan(found.indexOf("far"));
    expect(found.indexOf("far")).toBeLessThan(found.indexOf("Agent"));
  });
});

describe("keywords that are legal there", () => {
  const cases: Readonly<Record<string, Case>> = {
    "where a statement begins": ["<|>", ["local", "if", "return"], ["end", "then", "and", "break", "not"]],
    "in a block": ["function f()\n  <|>\nend", ["end", "local"], ["until", "else"]],
    "in a loop": ["for i = 1, 2 do\n  <|>\nend", ["break", "end"]],
    "in a function in a loop": ["while a do f(function()\n  <|>\nend) end", ["end"], ["break"]],
    "in an if": ["if a then\n  <|>\nend", ["else", "elseif", "end"]],
    "in a repeat": ["repeat\n  <|>\nuntil a", ["until"], ["end"]],
    "behind a condition": ["if a <|>", ["then", "and", "or"], ["local", "end", "Agent"]],
    "behind the condition of a loop": ["while a <|>", ["do"], ["then"]],
    "behind the variables of a loop": ["for k, v <|>", ["in"]],
    "in an expression": ["x = <|>", ["nil", "true", "not", "function"], ["local", "end", "and"]],
    "behind an expression": ["x = a <|>", ["and", "or"], ["not", "print"]],
  };
  test.for(Object.entries(cases))("%s", ([, each]) => {
    check(each);
  });
});

describe("members", () => {
  const cases: Readonly<Record<string, Case>> = {
    "of a library": ["string.<|>", ["find", "format"], ["Agent"]],
    "of a text": ['local s = ""\ns:<|>', ["find", "upper"]],
    "of a table": ["local M = { a = 1 }\nfunction M.run() end\nM.<|>", ["a", "run"]],
    "methods only behind a colon": ["local M = { a = 1 }\nfunction M:run() end\nM:<|>", ["run"], ["a"]],
    "of an input": [
      "Procedure { input = { topic = field.string{} }, function(input) return input.<|> end }",
      ["topic"],
    ],
    "of the output of an agent": [
      "a = Agent { output = { score = field.number{} } }\nlocal r = a()\nr.output.<|>",
      ["score"],
    ],
    "of a turn, without older names": [
      "a = Agent {}\nlocal r = a()\nr.<|>",
      ["output", "usage", "cost"],
      ["response"],
    ],
    "of a tool": ["t = Tool {}\nt.<|>", ["called", "last_result"]],
    "of a primitive": ["function f() Human.<|> end", ["approve", "input"]],
    "of field": [
      "P = Procedure { input = { a = field.<|> } }",
      ["string", "number", "object"],
      ["equals_expected"],
    ],
    "of field elsewhere": ["E = Evaluation { evaluators = { field.<|> } }", ["equals_expected"]],
    "of filters": ["x = Agent { message_history = { filter = filters.<|> } }", ["last_n", "compose"]],
    "of the state": [
      "Procedure { state = { count = field.integer{} }, function() state.free = 1 State.set('set', 1) return state.<|> end }",
      ["count", "free", "set"],
    ],
    "of a module of the library": ['local json = require("tactus.io.json")\njson.<|>', ["read", "encode"]],
    "of a module of the project": [
      {
        "sums.tac": "local M = {}\nfunction M.add() end\nreturn M",
        "main.tac": 'local s = require("sums")\ns.<|>',
      },
      ["add"],
    ],
    "in a chain that goes on in the next line": ["local M = { a = { b = 1 } }\nM.a.<|>\nx = 1", ["b"]],
    "nothing of what is not known": ["function f(x) x.<|> end", []],
  };
  test.for(Object.entries(cases))("%s", ([, each]) => {
    check(each);
  });

  test("two dots are no member", () => {
    expect(complete('x = "a" ..<|>').map(({ label }) => label)).not.toContain("find");
  });
});

describe("values", () => {
  const cases: Readonly<Record<string, Case>> = {
    "words of a field": ["x = Agent { tool_choice = <|> }", ['"auto"', '"required"']],
    "words of a nested field": ["x = Agent { retry = { backoff = <|> } }", ['"constant"', '"exponential"']],
    "words, while the next line follows": ['x = Agent {\n  tool_choice = <|>\n  model = "m",\n}', ['"auto"']],
    "suggested words": ["x = Agent { message_history = { source = <|> } }", ['"own"', '"shared"']],
    booleans: ["x = Agent { disable_streaming = <|> }", ["true", "false"]],
    providers: ["x = Agent { provider = <|> }", ['"openai"', '"anthropic"']],
    models: ["x = Agent { model = <|> }", ['"gpt-4o-mini"']],
    "a setting of the file": ["default_provider = <|>", ['"openai"']],
    "a setting as a call": ["default_provider(<|>)", ['"openai"']],
    "tools as handles and in quotes": [
      'search = Tool {}\nToolset "web" {}\nlocal done = require("tactus.tools.done")\nx = Agent { tools = { <|> } }',
      ["search", "done", '"web"', '"search"', "log"],
    ],
    "tools of a turn": ["t = Tool {}\na = Agent {}\nfunction f() a({ tools = { <|> } }) end", ["t", '"t"']],
    "builders of fields": ["P = Procedure { input = { topic = <|> } }", ["field.string", "field.number"]],
    "a function with its parameters": ["x = Agent { prepare = <|> }", ["function(turn)"]],
    "words of a schema": [
      't = Tool { input = { tone = field.string{ enum = {"warm", "cold"} } }, function(a) end }\nfunction f() t({ tone = <|> }) end',
      ['"warm"', '"cold"'],
    ],
    "words of an annotation": [
      '---@param how "fast"|"slow"\nlocal function go(how) end\ngo(<|>)',
      ['"fast"', '"slow"'],
    ],
    agents: ["c = Agent {}\nfunction f() Agent(<|>) end", ["c"]],
  };
  test.for(Object.entries(cases))("%s", ([, each]) => {
    check(each);
  });

  test("what fits stands first", () => {
    expect(labels("x = Agent { tool_choice = <|> }").slice(0, 3)).toEqual(['"auto"', '"none"', '"required"']);
    expect(labels("search = Tool {}\nother = 1\nx = Agent { tools = { <|> } }")[0]).toBe("search");
  });

  test("builders bring their braces, modules can be chosen as values", () => {
    const open = "P = Procedure { input = { a = field.<|> } }";
    expect(choose(open, "string")).toBe("P = Procedure { input = { a = field.string{$0} } }");
    expect(choose(open.replace("<|>", "<|>{}"), "string")).toBe(open.replace("<|>", "string{}"));
    expect(labels("local d = require(<|>)")).toContain('"tactus.tools.done"');
  });

  test("names that the list has are left out", () => {
    check(['Toolset "a" {}\nToolset "b" {}\nx = Agent { tools = { "a", <|> } }', ['"b"'], ['"a"']]);
  });
});

describe("texts", () => {
  const cases: Readonly<Record<string, Case>> = {
    providers: ['x = Agent { provider = "<|>" }', ["openai", "anthropic"]],
    "a text without its end": ['x = Agent {\n  provider = "op<|>\n  model = "m",\n}', ["openai"]],
    models: ['x = Agent { model = "<|>" }', ["gpt-4o-mini", "claude-sonnet-4-5"]],
    "words of a field": ['x = Agent { tool_choice = "<|>" }', ["auto"], ["openai"]],
    "tools and toolsets": ['t = Tool {}\nToolset "web" {}\nx = Agent { tools = { "<|>" } }', ["t", "web"]],
    "tools of a turn": ['t = Tool {}\na = Agent {}\nfunction f() a({ tools = { "<|>" } }) end', ["t"]],
    "tools that were called": ['t = Tool {}\nfunction f() return Tool.called("<|>") end', ["t"]],
    agents: ['c = Agent {}\nfunction f() return Agent("<|>") end', ["c"]],
    "agents of a test": ['c = Agent {}\nStep("x", function(ctx) ctx.mock_agent_response("<|>") end)', ["c"]],
    procedures: [
      'Procedure "sum" { function() end }\nProcedure { function() return Procedure("<|>") end }',
      ["sum"],
    ],
    questions: ['Hitl("go", {})\nfunction f() Human.approve({ config_key = "<|>" }) end', ["go"]],
    "keys of the state": [
      'function f() state.a = 1 State.set("b", 1) return State.get("<|>") end',
      ["a", "b"],
    ],
    "keys of a table": ['local t = { a = 1 }\nprint(t["<|>"])', ["a"]],
    "modules of the library and beside": [
      { "sums.tac": "return {}", "deep/more.tac": "return {}", "main.tac": 'local s = require("<|>")' },
      ["tactus.tools.done", "sums", "deep.more"],
      ["main"],
    ],
    "modules with slashes": [
      { "deep/more.tac": "return {}", "main.tac": 'local s = require("deep/<|>")' },
      ["deep/more"],
    ],
    "words of a schema": [
      't = Tool { input = { tone = field.string{ enum = {"warm"} } }, function(a) end }\nfunction f() t({ tone = "<|>" }) end',
      ["warm"],
    ],
    "nothing in other texts": ['local s = "<|>"', [], ["openai"]],
    "nothing behind a text": ['local s = "a"<|>', [], ["openai"]],
  };
  test.for(Object.entries(cases))("%s", ([, each]) => {
    check(each);
  });

  test("a whole text is replaced", () => {
    expect(choose('x = Agent { provider = "op<|>en" }', "openai")).toBe('x = Agent { provider = "openai" }');
    expect(choose('x = Agent { provider = "op<|>\n  model = 1 }', "openai")).toBe(
      'x = Agent { provider = "openai\n  model = 1 }',
    );
  });

  test("what the configuration has", () => {
    const options = {
      configurationOf: () => ({
        ...nothingConfigured,
        isKnown: true,
        providers: new Set(["mine"]),
        toolsets: new Set(["files"]),
        mcpServers: new Set(["files"]),
        hostTools: new Set(["git.status"]),
      }),
    };
    expect(labels('x = Agent { provider = "<|>" }', options)).toContain("mine");
    expect(labels('x = Agent { tools = { "<|>" } }', options)).toContain("files");
    expect(labels('t = Tool { use = "<|>" }', options)).toEqual(
      expect.arrayContaining(["mcp.files", "broker.git.status"]),
    );
    expect(labels('function f() Host.call("<|>") end', options)).toEqual(
      expect.arrayContaining(["git.status", "host.ping"]),
    );
  });
});

describe("placeholders of prompts", () => {
  const cases: Readonly<Record<string, Case>> = {
    namespaces: ['x = Agent { system_prompt = "Hi {<|>" }', ["input", "state", "context", "prepared"]],
    "inputs of the run": [
      'x = Agent { system_prompt = "{context.<|>}" }\nProcedure { input = { topic = field.string{} }, function() end }',
      ["topic"],
    ],
    "keys of calls": [
      'x = Agent { system_prompt = "{input.<|>}" }\nfunction f() x({ day = 1, tools = {} }) end',
      ["day", "message"],
      ["tools"],
    ],
    "the state": ['x = Agent { system_prompt = "{state.<|>" }\nfunction f() state.count = 1 end', ["count"]],
    "what is prepared": [
      'x = Agent { prepare = function() return { orders = 1 } end, system_prompt = "{prepared.<|>}" }',
      ["orders"],
    ],
    "in a turn": ['x = Agent {}\nfunction f() x({ system_prompt_suffix = "{<|>" }) end', ["input"]],
    "nothing outside of them": ['x = Agent { system_prompt = "Hi {input.a} <|>" }', [], ["input"]],
    "nothing in other texts": ['x = Agent { model = "{<|>" }', [], ["input"]],
  };
  test.for(Object.entries(cases))("%s", ([, each]) => {
    check(each);
  });

  test("the brace is closed where it is open", () => {
    const rest = "\nfunction f() state.count = 1 end";
    expect(choose(`x = Agent { system_prompt = "{state.co<|> and" }${rest}`, "count")).toBe(
      `x = Agent { system_prompt = "{state.count} and" }${rest}`,
    );
    expect(choose(`x = Agent { system_prompt = "{state.co<|>} and" }${rest}`, "count")).toBe(
      `x = Agent { system_prompt = "{state.count} and" }${rest}`,
    );
    expect(choose('x = Agent { system_prompt = "{in<|>" }', "input")).toBe(
      'x = Agent { system_prompt = "{input" }',
    );
  });
});

describe("specifications", () => {
  const specification = (lines: string): string =>
    `search = Tool {}\nclerk = Agent {}\nStep("the desk is (\\\\w+)", function() end)\nSpecification([[\n${lines}\n]])`;
  const cases: Readonly<Record<string, Case>> = {
    "keywords at the start": [specification("<|>"), ["Feature"], ["Given", "Examples"]],
    "keywords in a feature": [
      specification("Feature: f\n  <|>"),
      ["Scenario", "Background", "Scenario Outline"],
      ["Feature", "Given"],
    ],
    "keywords in a scenario": [
      specification("Feature: f\n  Scenario: s\n    <|>"),
      ["Given", "Then", "Scenario"],
      ["Examples"],
    ],
    "keywords in an outline": [
      specification("Feature: f\n  Scenario Outline: s\n    Given x\n    <|>"),
      ["Examples"],
    ],
    steps: [
      specification("Feature: f\n Scenario: s\n  Then <|>"),
      ["the <tool> tool should be called", "the desk is <text1>"],
    ],
    "steps that were begun": [
      specification("Feature: f\n Scenario: s\n  Then the search tool <|>"),
      ["the search tool should be called"],
    ],
    "steps by some of their words": [
      specification("Feature: f\n Scenario: s\n  Then tool called<|>"),
      ["the <tool> tool should be called"],
    ],
    "nothing in tables and comments": [
      specification("Feature: f\n Scenario: s\n  Given x\n  | a <|>"),
      [],
      ["Given"],
    ],
    "nothing in doc strings": [
      specification('Feature: f\n Scenario: s\n  Given x\n  """\n  <|>'),
      [],
      ["Given"],
    ],
  };
  test.for(Object.entries(cases))("%s", ([, each]) => {
    check(each);
  });

  test("a step replaces the rest of its line, names that exist are a choice", () => {
    const before = specification("Feature: f\n Scenario: s\n  Then the <|>old words");
    expect(choose(before, "the <tool> tool should be called")).toContain(
      "\n  Then the ${1|search|} tool should be called\n]])",
    );
  });
});

describe("comments", () => {
  const cases: Readonly<Record<string, Case>> = {
    tags: ["---@<|>", ["param", "return", "class"], ["local"]],
    "parameters that have no line yet": [
      "---@param a string\n---@param <|>\nlocal function f(a, b) end",
      ["b"],
      ["a"],
    ],
    types: ["---@class Ticket\nlocal T\n---@type <|>\nlocal t", ["string", "Ticket"]],
    "types of a union": ["---@return string|<|>\nlocal function f() end", ["nil"]],
    "actions on findings": ["---@diagnostic <|>", ["disable-next-line", "enable"]],
    "codes of findings": ["---@diagnostic disable-next-line: unk<|>", ["unknown-field", "undefined-global"]],
    "nothing in plain comments": ["-- <|>", [], ["local", "param"]],
    "nothing in blocks": ["--[[ <|> ]]", [], ["local"]],
    "nothing in texts of annotations": ["---@param a string The <|>\nlocal function f(a) end", []],
  };
  test.for(Object.entries(cases))("%s", ([, each]) => {
    check(each);
  });
});

describe("modules that are not required yet", () => {
  test.for(
    Object.entries({
      "above the first statement": [
        "x = Agent { tools = { do<|> } }",
        'local done = require("tactus.tools.done")\n\nx = Agent { tools = { done } }',
      ],
      "below the others": [
        'local log = require("tactus.tools.log")\nx = Agent { tools = { log, do<|> } }',
        'local log = require("tactus.tools.log")\nlocal done = require("tactus.tools.done")\nx = Agent { tools = { log, done } }',
      ],
      "below the comment of the file": [
        "-- A desk.\n\n-- It answers.\nx = Agent { tools = { do<|> } }",
        '-- A desk.\n\nlocal done = require("tactus.tools.done")\n\n-- It answers.\nx = Agent { tools = { done } }',
      ],
    } satisfies Record<string, [string, string]>),
  )("%s", ([, [source, expected]]) => {
    expect(choose(source, "done")).toBe(expected);
  });

  test("files of the project and what they export", () => {
    const files = {
      "sums.tac": "local M = { one = 1 }\nfunction M.add() end\nreturn M",
      "search.tac": 'return Tool { name = "search", function() end }',
      "script.tac": "Procedure { function() return 1 end }",
    };
    const main = { ...files, "main.tac": "local x = <|>" };
    expect(labels(main)).toEqual(expect.arrayContaining(["sums", "sums.add", "sums.one", "search"]));
    expect(labels(main)).not.toContain("script");
    expect(choose(main, "sums.add")).toBe('local sums = require("sums")\n\nlocal x = sums.add');
    expect(labels({ ...files, "main.tac": 'local other = require("sums")\nlocal x = <|>' })).not.toContain(
      "sums.add",
    );
    expect(labels({ ...files, "main.tac": "local sums = 1\nlocal x = <|>" })).not.toContain("sums.add");
  });
});

describe("no suggestions", () => {
  test.for([
    "local <|>",
    "local function <|>",
    "function f(<|>)",
    "for <|>",
    "x = 1<|>",
    "x = 0x1<|>",
    "::<|>",
  ])("%j", (source) => {
    expect(complete(source)).toEqual([]);
  });
});

test("labels of the function behind goto", () => {
  expect(labels("do ::again:: goto <|> end")).toEqual(["again"]);
  expect(labels("local a <<|>")).toEqual(["close", "const"]);
});

test("every place of damaged text has an answer, and no label stands twice", () => {
  const text = [
    "-- A desk.",
    'local done = require("tactus.tools.done")',
    'find = Tool { input = { q = field.string{required = true} }, function(args) return args.q .. "x" end }',
    'clerk = Agent { provider = "openai", system_prompt = "On {input.day} {", tools = { find, "done" }, retry = { on = "x" } }',
    "Procedure { function(input) if x.y then clerk({ message = 'a', tools = { find } }) else goto z end end }",
    "Specification([[\nFeature: f\n  Scenario: s\n    Then the find tool should be called\n]])",
  ].join("\n");
  for (let end = 0; end <= text.length; end++) {
    for (const source of [`${text.slice(0, end)}<|>`, `${text.slice(0, end)}<|>${text.slice(end)}`]) {
      const found = complete(source);
      expect(new Set(found.map(({ label }) => label)).size).toBe(found.length);
    }
  }
});
