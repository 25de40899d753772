import { describe, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

describe("arguments of what the language has", () => {
  const only = ["wrong-argument", "unknown-field", "wrong-field-type", "missing-field"];

  test.for([
    {
      name: "one that is missing",
      text: `Procedure { function()
  State.get()
           ^^ wrong-argument warning: needs the argument "key"
  return Tool.called()
                    ^^ wrong-argument
end }`,
    },
    {
      name: "one of another kind",
      text: `Log.info({ 1 })
         ^^^^^ wrong-argument: must be a text, not a table
string.rep("a", {})
                ^^ wrong-argument`,
    },
    {
      name: "of methods of a text, and of what a call gives back",
      text: `print(("a"):rep())
               ^^ wrong-argument: needs the argument "n"
clerk = Agent { provider = "openai", system_prompt = "", tools = {} }
Procedure { function() return clerk(5) end }
                                    ^ wrong-argument`,
    },
    {
      name: "options",
      text: `Procedure { function()
  Human.approve({ mesage = "Go?", timeout = "soon" })
                  ^^^^^^ unknown-field: Did you mean "message"
                                            ^^^^^^ wrong-field-type
end }`,
    },
    {
      name: "the text that stands first in a declaration",
      text: `Prompt("greeting")
      ^^^^^^^^^^^^ wrong-argument: needs the argument "text"`,
    },
  ])("$name", ({ text }) => {
    expectFindings(text, { only });
  });

  test.for<[string, string]>([
    ["optional ones", "Procedure { function() State.get('a') Log.info('a', nil) os.time(nil) end }"],
    ["any number behind", "print(string.format('%s %s', 1, 2))"],
    ["values that a call may give", "local function f() return 'a', 'b' end State.set(f())"],
    ["values from outside", "local function f(...) return string.rep(...) end print(f)"],
    ["numbers where Lua takes texts", "print(string.len(5), ('5'):rep('3'), math.floor('2'))"],
    ["what is not known", "local function f(x) Log.info(x) end f({})"],
    ["functions of the author", "local Log = { info = function() end } Log.info()"],
    [
      "keys of the author",
      "Procedure { function() Host.call('a', { any = 1 }) Log.info('a', { any = 1 }) end }",
    ],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });
});

const sub = `summarize = Procedure "summarize" {
  input = { text = field.string{ required = true }, style = field.string{ enum = { "short", "long" } }, n = field.number{} },
  function(input) return input.text end,
}
`;

describe("inputs of procedures", () => {
  const only = ["wrong-argument", "unknown-input"];

  test("missing, unknown, of another type, not among the choices", () => {
    expectFindings(
      `${sub}Procedure { function()
  summarize()
           ^^ wrong-argument error: needs the input "text"
  summarize({ txet = "a", n = "1" })
           ^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-argument error
              ^^^^ unknown-input warning: Did you mean "text"
                              ^^^ wrong-argument error: must be of type number
  Procedure("summarize")({ text = "a", style = "brief" })
                                                ^^^^^ wrong-argument: one of short, long
end }`,
      { only },
    );
  });

  test("not: what fits, and what only a run knows", () => {
    expectFindings(
      `${sub}Procedure { function(input)
  summarize({ text = input.text, n = 1, style = "long" })
  summarize(input)
  summarize({ [input.key] = 1 })
end }`,
      { only },
    );
  });

  test("the fix writes the input that is meant", () => {
    expectFix(
      `${sub}Procedure { function() summarize({ text = "a", sytle = "long" }) end }
                                               ^^^^^ unknown-input`,
      `${sub}Procedure { function() summarize({ text = "a", style = "long" }) end }`,
      { only },
    );
  });
});

describe("defaults of fields", () => {
  test("must fit the field", () => {
    expectFindings(
      `Procedure { input = {
  a = field.number{ default = "1" },
                              ^^^ wrong-field-type error: can't be a text
  b = field.string{ enum = { "x", "y" }, default = "z" },
                                                    ^ wrong-field-type error
  c = field.string{ enum = { "x", "y" }, default = "y" },
  d = field.array{ default = {} },
}, function(input) return input.a end }`,
      { only: ["wrong-field-type"] },
    );
  });
});
