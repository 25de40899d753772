import { describe, expect, test } from "vitest";
import { check, expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

const only = ["deprecated-form", "removed-form"];
const agent = 'clerk = Agent { provider = "openai", system_prompt = "", tools = {} }\n';

describe("older forms and their rewrites", () => {
  test.for([
    {
      name: "a name before the table",
      before: 'Agent "clerk" { provider = "openai", system_prompt = "" }\n^^^^^ deprecated-form warning',
      after: 'clerk = Agent { provider = "openai", system_prompt = "" }',
    },
    {
      name: "a name in parentheses",
      before: 'Agent("clerk", { provider = "openai", system_prompt = "" })\n^^^^^ deprecated-form',
      after: 'clerk = Agent { provider = "openai", system_prompt = "" }',
    },
    {
      name: "a name beside the variable of the same name",
      before:
        'clerk = Agent "clerk" { provider = "openai", system_prompt = "" }\n        ^^^^^ deprecated-form',
      after: 'clerk = Agent { provider = "openai", system_prompt = "" }',
    },
    {
      name: "a tool with a name before its table",
      before: 'Tool "search" { function() end }\n^^^^ removed-form error',
      after: "search = Tool { function() end }",
    },
    {
      name: "looking up at the top",
      before: `${agent}local w = Agent("clerk")\n          ^^^^^ deprecated-form`,
      after: `${agent}local w = clerk`,
    },
    {
      name: "a procedure in three parts",
      before: 'Procedure("sub", { input = {} }, function(input) return 1 end)\n^^^^^^^^^ deprecated-form',
      after: 'Procedure "sub" { input = {}, function(input) return 1 end }',
    },
    {
      name: "a procedure in three parts over lines",
      before:
        'Procedure("sub", {\n^^^^^^^^^ deprecated-form\n  input = {},\n}, function(input)\n  return 1\nend)',
      after: 'Procedure "sub" {\n  input = {}, function(input)\n  return 1\nend,\n}',
    },
    {
      name: "a toolset in parentheses",
      before: 'Toolset("web", { tools = {} })\n^^^^^^^ deprecated-form',
      after: 'Toolset "web" { tools = {} }',
    },
    {
      name: "turn and run of an agent",
      before: `${agent}Procedure { function() clerk.turn("a") return clerk:run({ message = "b" }) end }
                             ^^^^ removed-form
                                                    ^^^ removed-form`,
      after: `${agent}Procedure { function() clerk("a") return clerk({ message = "b" }) end }`,
    },
    {
      name: "run of a procedure",
      before: `sub = Procedure "sub" { function() end }
Procedure { function() return sub.run({}) end }
                                  ^^^ removed-form`,
      after: `sub = Procedure "sub" { function() end }
Procedure { function() return sub({}) end }`,
    },
    {
      name: "plain tables as fields",
      before: `Procedure {
  input = {
    a = { type = "string", required = true },
        ^ deprecated-form
    b = { description = "b", type = "number" },
        ^ deprecated-form
  },
  function() end,
}`,
      after: `Procedure {
  input = {
    a = field.string{ required = true },
    b = field.number{ description = "b" },
  },
  function() end,
}`,
    },
    {
      name: "plain tables of tools, where they are required unless they say otherwise",
      before:
        't = Tool { input = { a = { type = "string", description = "a" } }, function(args) end }\n                         ^ deprecated-form',
      after:
        't = Tool { input = { a = field.string{ required = true, description = "a" } }, function(args) end }',
    },
    {
      name: "plain tables of a script",
      before: 'input { a = { type = "string", required = true } }\n            ^ deprecated-form\nreturn 1',
      after: "input { a = field.string{ required = true } }\nreturn 1",
    },
    {
      name: "words",
      before: "Specifications([[\n^^^^^^^^^^^^^^ deprecated-form\nFeature: A\n]])",
      after: "Specification([[\nFeature: A\n]])",
    },
    {
      name: "fields with another name, and functions with one",
      before: `t = Tool { source = "broker.host.ping" }
           ^^^^^^ deprecated-form
u = Tool { handler = function() end }
           ^^^^^^^ deprecated-form
a = Agent { provider = "openai", system_prompt = "", toolsets = { t, u } }
                                                     ^^^^^^^^ removed-form`,
      after: `t = Tool { use = "broker.host.ping" }
u = Tool { function() end }
a = Agent { provider = "openai", system_prompt = "", tools = { t, u } }`,
    },
    {
      name: "a field that moved into another",
      before:
        'a = Agent { provider = "openai", system_prompt = "", filter = filters.last_n(3) }\n                                                     ^^^^^^ deprecated-form',
      after:
        'a = Agent { provider = "openai", system_prompt = "", message_history = {filter = filters.last_n(3)} }',
    },
  ])("$name", ({ before, after }) => {
    expectFix(before, after, { only });
    expect(check(after, { only }).diagnostics).toEqual([]);
  });

  test.for([
    {
      name: "another variable has that name",
      text: 'clerk = 1\nAgent "clerk" { provider = "openai", system_prompt = "" }\n^^^^^ deprecated-form',
    },
    {
      name: "the variable has another name",
      text: 'a = Agent "clerk" { provider = "openai", system_prompt = "" }\n    ^^^^^ deprecated-form',
    },
    { name: "the name is no name of Lua", text: 'Tool "web search" { function() end }\n^^^^ removed-form' },
    {
      name: "it needs more than a rewrite",
      text: 'a = Agent { provider = "openai", system_prompt = "", tools = { { name = "x", handler = function() end } } }\n                                                                             ^^^^^^^ removed-form',
    },
    { name: "a kind is not said", text: 'c = Corpus { root = "texts" }\n    ^^^^^^ deprecated-form' },
  ])("without a rewrite, since $name", ({ text }) => {
    const { diagnostics } = expectFindings(text, { only: [...only] });
    expect(diagnostics[0]?.fixes ?? []).toEqual([]);
  });

  test.for<[string, string]>([
    ["the current forms", `${agent}Procedure "sub" { function() end } Toolset "x" { tools = {} }`],
    ["looking up in functions", `${agent}Procedure { function() return Agent("clerk"), Tool("x") end }`],
    [
      "functions of that name elsewhere",
      "local t = { turn = function() end, run = function() end } t.turn() t.run()",
    ],
    ["tables with a type elsewhere", 'x = { type = "string", required = true }'],
    ["variables of that name", "local function Specifications() end Specifications()"],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });
});

describe("what is deprecated by its description", () => {
  test("members, globals and functions of the author", () => {
    expectFindings(
      `${agent}---@deprecated use fresh
local function stale() end
Procedure { function()
  stale()
  ^^^^^ deprecated-form hint: use fresh
  local r = clerk()
  return r.value, params.x
           ^^^^^ deprecated-form hint: use "output"
                  ^^^^^^ deprecated-form hint: use "input"
end }`,
      { only },
    );
  });

  test("the fix takes the newer name", () => {
    expectFix(
      `${agent}Procedure { function() return clerk().value end }\n                                      ^^^^^ deprecated-form`,
      `${agent}Procedure { function() return clerk().output end }`,
      { only },
    );
  });
});
