import { describe, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

/** In pieces, so that no scanner of this repository takes it for a real one. */
const key = `sk-ant-${"api03-Zk9qW3rT7yUiP1sDfGh5"}`;
const marked = "^".repeat(key.length);

describe("secret-in-source", () => {
  const only = ["secret-in-source"];

  test("keys that are marked by their issuers, in texts and comments", () => {
    expectFindings(
      `-- was ${key}
       ${marked} secret-in-source
local x = "${key}"
           ${marked} secret-in-source: an Anthropic API key`,
      { only },
    );
  });

  test.for([
    {
      name: "a local",
      text: 'local password = "hT7#kQ9!mZ2p"\n                  ^^^^^^^^^^^^ secret-in-source',
    },
    {
      name: "a field",
      text: 'x = { api_key = "hT7xkQ9pmZ2pLs81" }\n                 ^^^^^^^^^^^^^^^^ secret-in-source',
    },
    {
      name: "a key in brackets",
      text: 'x = { ["api_key"] = "hT7xkQ9pmZ2pLs81" }\n                     ^^^^^^^^^^^^^^^^ secret-in-source',
    },
    {
      name: "a member",
      text: 'conf.secret = "hT7xkQ9pmZ2pLs81"\n               ^^^^^^^^^^^^^^^^ secret-in-source',
    },
  ])("a random text that $name calls a secret", ({ text }) => {
    expectFindings(text, { only });
  });

  test.for<[string, string]>([
    ["a placeholder", 'local password = "<your password>"'],
    ["a name that is none", 'local title = "hT7xkQ9pmZ2pLs81"'],
    ["a variable of the environment", 'local api_key = "OPENAI_API_KEY"'],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });
});

describe("hidden-character", () => {
  const only = ["hidden-character"];

  test("what turns text round, and what nobody sees", () => {
    expectFindings(
      `local a = "x\u202ey" -- b\u200bc
            ^ hidden-character: U+202E
                    ^ hidden-character: U+200B`,
      { only },
    );
  });

  test("not: the byte order mark of the file, emoji", () => {
    expectFindings('\ufefflocal a = "👩\u200d💻 ❤\ufe0f"', { only });
  });

  test("the fixes remove it, or write it as an escape", () => {
    const before = 'local a = "x\u202ey"\n            ^ hidden-character';
    expectFix(before, 'local a = "xy"', { only });
    expectFix(before, 'local a = "x\\u{202E}y"', { only, title: "Write it as \\u{202E}" });
  });
});

describe("confusable-name", () => {
  const only = ["confusable-name"];

  test("in what a text names, declares or is the key of", () => {
    expectFindings(
      `Procedure "m\u0430in" { function() end }
           ^^^^ confusable-name: reads like "main"
clerk = Agent { provider = "openai", system_prompt = "", tools = { "se\u0430rch" } }
                                                                    ^^^^^^ confusable-name
x = { ["n\u0430me"] = 1 }
        ^^^^ confusable-name`,
      { only },
    );
  });

  test("as a whole word of another script, when such a name exists", () => {
    expectFindings(
      `ace = Tool { function() end }
clerk = Agent { provider = "openai", system_prompt = "", tools = { "\u0430\u0441\u0435" } }
                                                                    ^^^ confusable-name`,
      { only },
    );
  });

  test("where Lua allows none", () => {
    expectFindings("local cl\u0435rk = 1\n      ^^^^^ confusable-name", { only });
  });

  test("not: names in one other script, texts that name nothing", () => {
    expectFindings('x = { ["имя"] = "c\u0430t" }', { only });
  });

  test("the fix writes ASCII", () => {
    expectFix('x = { ["n\u0430me"] = 1 }\n        ^^^^ confusable-name', 'x = { ["name"] = 1 }', { only });
  });
});

describe("patterns", () => {
  const only = ["invalid-pattern", "risky-pattern"];

  test.for([
    { name: "an open set", text: 'print(("x"):find("[a-z"))\n                  ^^^^ invalid-pattern error' },
    {
      name: "of a function of the library",
      text: 'print(string.match(x, "(a"))\n                       ^ invalid-pattern error',
    },
    {
      name: "on something that may be no text",
      text: 'print(x:gsub("%", ""))\n              ^ invalid-pattern warning',
    },
    {
      name: "written with escapes",
      text: 'print(string.match(x, "\\"["))\n                       ^^^ invalid-pattern',
    },
    {
      name: "a replacement that names too much",
      text: 'print(string.gsub(x, "(a)", "%2"))\n                             ^^ invalid-pattern: capture 2',
    },
    {
      name: "a percent sign in a replacement",
      text: 'print(string.gsub(x, "a", "5% of"))\n                            ^^ invalid-pattern: Write `%%`',
    },
    {
      name: "one that can blow up",
      text: 'print(string.match(x, ".-.-.-x"))\n                       ^^^^^^^ risky-pattern warning',
    },
    {
      name: "one that is not what it seems",
      text: 'print(string.match(x, "(ab)*c"))\n                           ^ risky-pattern information',
    },
    {
      name: "of a step",
      text: 'Step("the (count", function(ctx) end)\n          ^^^^^^ invalid-pattern error',
    },
    {
      name: "of a step, with a parameter of another language",
      text: 'Step("the {string} is", function(ctx) end)\n          ^^^^^^^^ invalid-pattern',
    },
  ])("$name", ({ text }) => {
    expectFindings(text, { only });
  });

  test.for<[string, string]>([
    ["plain search", 'print(string.find(x, "[a-z", 1, true))'],
    ["good ones", 'print(string.find(x, "[a-z]", 1, false), x:match("^%s*(.-)%s*$"), x:gsub("a", "%0%%"))'],
    ["another library", 'local string = { find = function(a, b) end } string.find(x, "[")'],
    ["another function of that name", 'local t = { find = function(self, b) end } t:find("[")'],
    ["a step that is good", 'Step("the (\\\\d+) items", function(ctx) end)'],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });
});

describe("invalid-annotation", () => {
  const only = ["invalid-annotation"];

  test("what can't be read, and parameters that are not there", () => {
    expectFindings(
      `---@param
         ^ invalid-annotation
local function f(a)
  return a
end
---@param a number
---@param b number
          ^ invalid-annotation: no parameter "b"
local function g(a)
  return a
end
print(f, g)`,
      { only },
    );
  });

  test("not: good ones, and other tags", () => {
    expectFindings(
      `---@param a number what it is
---@param ... string
---@return string
---@nodiscard
local function f(a, ...) return tostring(a) .. ... end
print(f)`,
      { only },
    );
  });
});
