import { describe, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

const only = ["unknown-field", "missing-field", "wrong-field-type", "conflicting-fields", "name-mismatch"];

describe("fields of declarations", () => {
  test.for([
    {
      name: "unknown ones",
      text: `a = Agent { provider = "openai", sytem_prompt = "", system_prompt = "" }
                                 ^^^^^^^^^^^^ unknown-field warning: Did you mean "system_prompt"
c = Context { mesages = {} }
              ^^^^^^^ unknown-field error`,
    },
    {
      name: "unknown ones in tables and lists",
      text: `a = Agent {
  provider = "openai",
  system_prompt = "",
  retry = { atempts = 3 },
            ^^^^^^^ unknown-field: "retry" has no field
  inline_tools = { { name = "x", descripton = "", function() end } },
                                 ^^^^^^^^^^ unknown-field: An item of "inline_tools"
}
Mocks { a = { mesage = "" } }
              ^^^^^^ unknown-field`,
    },
    {
      name: "missing ones",
      text: `a = Agent { provider = "openai" }
    ^^^^^ missing-field error: needs "system_prompt"
Procedure { input = {} }
^^^^^^^^^ missing-field error: has no function
t = Tool { description = "" }
    ^^^^ missing-field error
Toolset "x" { type = "mcp" }
^^^^^^^ missing-field error: needs "server"`,
    },
    {
      name: "of another kind",
      text: `a = Agent { provider = "openai", system_prompt = {}, temperature = "low", module = "Rwa" }
                                                 ^^ wrong-field-type error: must be a text
                                                                   ^^^^^ wrong-field-type error
                                                                                    ^^^ wrong-field-type warning: one of
Toolset "x" { type = "combined", sources = { 5 } }
                                             ^ wrong-field-type warning`,
    },
    {
      name: "that count only beside others",
      text: `Toolset "x" { type = "combined", sources = {}, server = "web" }
                                               ^^^^^^ unknown-field information: counts only with type "mcp"`,
    },
    {
      name: "that exclude each other",
      text: `t = Tool { use = "broker.host.ping", function() end }
           ^^^ conflicting-fields error
u = Tool { use = "broker.host.ping", source = "broker.host.ping" }
                                     ^^^^^^ conflicting-fields`,
    },
    {
      name: "a name that is not the variable",
      text: `search = Tool { name = "find", function() end }
                        ^^^^ name-mismatch error`,
    },
  ])("$name", ({ text }) => {
    expectFindings(text, { only });
  });

  test.for<[string, string]>([
    [
      "keys of the author",
      "Mocks { anything = { returns = 1 } } Procedure { dependencies = { db = {} }, function() end }",
    ],
    ["nil is no value", "a = Agent { provider = 'openai', system_prompt = '', tools = nil }"],
    ["computed keys may bring anything", "a = Agent { ['system' .. '_prompt'] = '' }"],
    ["a function that is made elsewhere", "local f = make() t = Tool { f } Procedure { f }"],
    ["a module in any case", "a = Agent { provider = 'openai', system_prompt = '', module = 'predict' }"],
    ["the same name", "search = Tool { name = 'search', function() end }"],
    ["a local, which may have a name", "local search = Tool { name = 'find', function() end }"],
    [
      "an older place of the function",
      "t = Tool { handler = function() end } Procedure { run = function() end }",
    ],
    ["a condition that only a run can know", "Toolset 'x' { type = kind, server = 'web' }"],
    ["another spelling", "m = Model 'm' { type = 'llm', model = 'x', openai_reasoning_effort = 'low' }"],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });

  test.for([
    {
      name: "another name",
      before:
        'a = Agent { provider = "openai", system_promt = "" , system_prompt = "" }\n                                 ^^^^^^^^^^^^ unknown-field',
      after: 'a = Agent { provider = "openai", system_prompt = "" , system_prompt = "" }',
    },
    {
      name: "what is missing",
      before: 'a = Agent { provider = "openai" }\n    ^^^^^ missing-field',
      after: 'a = Agent { system_prompt = "", provider = "openai" }',
    },
    {
      name: "a function",
      before: "Procedure { input = {} }\n^^^^^^^^^ missing-field",
      after: "Procedure { function(input) end, input = {} }",
    },
    {
      name: "the name of the variable",
      before: 's = Tool { name = "find", function() end }\n                   ^^^^ name-mismatch',
      after: 's = Tool { name = "s", function() end }',
    },
    {
      name: "a value that may stand there",
      before:
        'a = Agent { provider = "openai", system_prompt = "", module = "Predcit" }\n                                                               ^^^^^^^ wrong-field-type',
      after: 'a = Agent { provider = "openai", system_prompt = "", module = "Predict" }',
    },
  ])("the fix writes $name", ({ before, after }) => {
    expectFix(before, after, { only });
  });
});
