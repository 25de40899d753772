import { describe, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

describe("undefined-global", () => {
  const only = ["undefined-global"];

  test.for([
    {
      name: "what nothing defines, with what may be meant",
      text: `counter = 1
print(cuonter, nothing_like_it)
      ^^^^^^^ undefined-global warning: it is nil. Did you mean "counter"
               ^^^^^^^^^^^^^^^ undefined-global: it is nil.`,
    },
    {
      name: "what is called",
      text: `pirnt("x")
^^^^^ undefined-global warning: calling it fails. Did you mean "print"`,
    },
    {
      name: "what Lua has elsewhere, with what to use instead",
      text: `loadstring("x")()
^^^^^^^^^^ undefined-global error: does not exist here
print(python)
      ^^^^^^ undefined-global warning`,
    },
    {
      name: "a local before its declaration",
      text: `print(later)
      ^^^^^ undefined-global
local later = 1
print(later)`,
    },
  ])("$name", ({ text }) => {
    expectFindings(text, { only });
  });

  test.for<[string, string]>([
    [
      "globals of the file, wherever they are set",
      "function f() return x end function g() x = 1 end print(f, g)",
    ],
    ["words of the language", "print(Agent, State, field, filters, input, utf8, _VERSION)"],
    ["writes", "brand_new = 1"],
    [
      "a procedure with a name",
      'Procedure "sub" { function() end } Procedure { function() return sub({}) end }',
    ],
    [
      "an agent with a name before its table",
      'Agent "clerk" { provider = "openai", system_prompt = "" } print(clerk)',
    ],
    ["what a file that is not there may define", 'require("settings") print(setting)'],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });

  test("not: globals of modules", () => {
    expectFindings('require("lib.settings")\nprint(setting)', {
      only,
      files: { "lib/settings.tac": "setting = 1" },
    });
  });

  test("the fix writes the name that is meant", () => {
    expectFix("counter = 1\nprint(cuonter)\n      ^^^^^^^ undefined-global", "counter = 1\nprint(counter)", {
      only,
    });
  });
});

describe("unused names", () => {
  const only = ["unused-local", "unused-parameter"];

  test("locals, functions and parameters that nothing reads", () => {
    expectFindings(
      `local a = 1
      ^ unused-local hint: The local "a" is never read
local function f() end
               ^ unused-local: The function "f"
function g(b, c, d)
                 ^ unused-parameter hint
  local e = c
        ^ unused-local
  e = 2
end`,
      { only },
    );
  });

  test.for<[string, string]>([
    ["what a later statement reads", "local a = 1\nprint(a)"],
    ["names that start with an underscore", "local _a = 1 function f(_b) end"],
    ["what is closed at the end", "local a <close> = nil"],
    ["parameters in front of one that is read", "function f(a, b) return b end"],
    [
      "parameters that a declaration gives",
      "t = Tool { function(args) end } Procedure { function(input) end }",
    ],
    ["loop variables", "for i, v in ipairs({}) do end for n = 1, 2 do end"],
    ["self", "M = {} function M:f() end"],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });

  test("a local that is hidden by one of the same name is not read by what follows", () => {
    expectFindings("local a = 1\n      ^ unused-local\nlocal a = 2\nprint(a)", { only });
  });

  test("the fix marks it as unused", () => {
    expectFix("local a = 1\n      ^ unused-local", "local _a = 1", { only });
  });
});

describe("duplicate-name", () => {
  const only = ["duplicate-name"];

  test("two declarations of one kind, the first one told", () => {
    expectFindings(
      `search = Tool { function() end }
search = Tool { function() end }
^^^^^^ duplicate-name warning: takes its place
Procedure { function() end }
Procedure { function() end }
^^^^^^^^^ duplicate-name: "main"
Toolset "web" { tools = {} }
Toolset "web" { tools = {} }
         ^^^ duplicate-name`,
      { only },
    );
  });

  test.for<[string, string]>([
    ["different kinds", 'web = Tool { function() end } Toolset "web" { tools = {} }'],
    ["locals", "local t = Tool { function() end } local t = Tool { function() end }"],
    ["other names", 'Procedure "a" { function() end } Procedure "b" { function() end }'],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });
});

describe("shadowed-primitive", () => {
  const only = ["shadowed-primitive"];

  test("variables with the name of a word", () => {
    expectFindings(
      `local State = {}
      ^^^^^ shadowed-primitive warning
function f(Log, string)
           ^^^ shadowed-primitive
                ^^^^^^ shadowed-primitive
end
Tool = nil
^^^^ shadowed-primitive`,
      { only },
    );
  });

  test.for<[string, string]>([
    ["what keeps its meaning", "local State = State local Tool = _G.Tool"],
    ["what a module gives under its name", 'local Classify = require("tactus.text.classify")'],
    ["fields and other names", "t = { State = 1 } t.Log = 2 local state_copy = 1"],
    ["settings", 'default_model = "gpt-4o"'],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });
});

describe("modules", () => {
  const only = ["unknown-module", "missing-module"];

  test("those of the library that don't exist, and files that are not there", () => {
    expectFindings(
      `require("tactus.tools.dnoe")
         ^^^^^^^^^^^^^^^^^ unknown-module error: Did you mean "tactus.tools.done"
require("lib.texts")
         ^^^^^^^^^ missing-module warning: lib/texts.tac
require("lib/there")`,
      { only, files: { "lib/there.tac": "return {}" } },
    );
  });

  test("not: what only a run knows", () => {
    expectFindings('require("tactus.io." .. kind) require(name)', { only });
  });

  test("the fix writes the module that is meant", () => {
    expectFix(
      'require("tactus.tools.dnoe")\n         ^^^^^^^^^^^^^^^^^ unknown-module',
      'require("tactus.tools.done")',
      { only },
    );
  });
});

describe("tools of a turn", () => {
  const only = ["tool-not-granted"];
  const head = `search = Tool { function() end }
delete = Tool { function() end }
Toolset "web" { tools = { "search" } }
clerk = Agent { provider = "openai", system_prompt = "", tools = { "web" } }
`;

  test("must be the agent's, by name or by handle", () => {
    expectFindings(
      `${head}Procedure { function()
  clerk({ tools = { "delete", search, delete } })
                     ^^^^^^ tool-not-granted warning: does not have the tool "delete"
                                      ^^^^^^ tool-not-granted
  clerk({ tools = { "serach" } })
                     ^^^^^^ tool-not-granted: Did you mean "search"
end }`,
      { only },
    );
  });

  test.for<[string, string]>([
    ["what it has", 'clerk({ tools = { "search", search } })'],
    ["no tools", "clerk({ tools = {} })"],
    ["other calls with tools", 'local f = print f({ tools = { "delete" } })'],
    ["what only a run knows", "clerk({ tools = input.tools })"],
  ])("not: %s", ([, lines]) => {
    expectFindings(`${head}Procedure { function(input) ${lines} end }`, { only });
  });

  test("not: an agent whose tools come from elsewhere", () => {
    expectFindings(
      `a = Agent { provider = "openai", system_prompt = "", tools = { "files" } }
b = Agent { provider = "openai", system_prompt = "" }
Procedure { function() a({ tools = { "read" } }) b({ tools = { "any" } }) end }`,
      { only, configuration: { toolsets: new Set(["files"]) } },
    );
  });

  test("the fix writes the tool that is meant", () => {
    expectFix(
      `${head}Procedure { function() clerk({ tools = { "serach" } }) end }\n                                          ^^^^^^ tool-not-granted`,
      `${head}Procedure { function() clerk({ tools = { "search" } }) end }`,
      { only },
    );
  });
});
