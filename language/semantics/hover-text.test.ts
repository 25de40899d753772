import { beforeAll, describe, expect, test } from "vitest";
import { hoverText } from "#language/semantics/hover-text.ts";
import { loadSpecificationParser } from "#language/semantics/specification-parser.ts";
import { symbolAt } from "#language/semantics/symbols.ts";
import { markedProject } from "#language/semantics/testing/marked-project.ts";

beforeAll(loadSpecificationParser);

function hover(source: string | Readonly<Record<string, string>>): string | undefined {
  const { project, file, offset } = markedProject(source);
  const symbol = symbolAt(file, offset);
  return symbol && hoverText(file, symbol, project);
}

/** What is shown for the name at `<|>` must begin with a line of code and have these parts, in this order. */
function check(
  source: string | Readonly<Record<string, string>>,
  code: string,
  ...parts: readonly string[]
): void {
  const text = hover(source) ?? "";
  expect(/^```lua\n([\s\S]*?)\n```/.exec(text)?.[1]).toBe(code);
  let at = 0;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    expect(found, `"${part}" in:\n${text}`).toBeGreaterThanOrEqual(0);
    at = found + part.length;
  }
}

describe("names", () => {
  test.for(["constructor", "hasOwnProperty", "toString", "valueOf", "__proto__"])(
    "%s, a word of JavaScript, is an ordinary name",
    (name) => {
      check(`local res<|>ult = ${name}({})\nreturn result`, "local result: any");
    },
  );
  test("a local and its type", () => {
    check("local cou<|>nt = 1", "local count: integer");
  });
  test("a function with its annotations", () => {
    check(
      "--- Adds them.\n---@param a integer The first.\n---@return integer\nlocal function ad<|>d(a) return a end",
      "local function add(a: integer): integer",
      "Adds them\\.",
      "- `a` — The first\\.",
    );
  });
  test("a deprecated function", () => {
    check("---@deprecated use other\nfunction ol<|>d() end", "function old()", "*Deprecated:* use other");
  });
  test("an agent: its model, its tools, its answer", () => {
    check(
      [
        'search = Tool { description = "x", function(args) end }',
        "-- Answers letters.",
        'clerk = Agent { provider = "openai", model = "gpt-4o-mini", system_prompt = "x", tools = { search },',
        "  output = { score = field.number{required = true, description = 'How good'} } }",
        "local r = cle<|>rk()",
      ].join("\n"),
      "Agent clerk",
      "Answers letters\\.",
      "Model: `openai/gpt-4o-mini`.",
      "Tools: `search`.",
      "Answers with:\n- `score`: number, required — How good",
    );
  });
  test("a tool named by a text: description and input", () => {
    check(
      [
        'search = Tool { description = "Finds pages", input = { query = field.string{required = true, enum = {"a", "b"}} },',
        "  function(args) return { hits = 1 } end }",
        'clerk = Agent { system_prompt = "", tools = { "sea<|>rch" } }',
      ].join("\n"),
      'Tool search(args: { query: "a" | "b" }): { hits: integer }',
      "Finds pages",
      '- `query`: string, required, one of `"a"`, `"b"`',
    );
  });
  test("a tool in a local", () => {
    check('local loo<|>k = Tool { description = "Looks", function(args) end }', "Tool look(args?)", "Looks");
  });
  test("a toolset", () => {
    check('Toolset "we<|>b" { tools = { "a", b } }', "Toolset web", "Tools: `a`, `b`.");
  });
  test("an input", () => {
    check(
      "Procedure { input = { topic = field.string{ description = 'What about' } }, function(input) return input.to<|>pic end }",
      "(field) topic: string",
      "What about",
    );
  });
  test("a value of the state", () => {
    check(
      "Procedure { state = { n = field.integer{ default = 0, description = 'How many' } }, function() return State.get('<|>n') end }",
      "state.n: integer",
      "`n`: integer — How many",
    );
    check("state.fr<|>ee = 1", "state.free: any", "No schema declares it.");
  });
  test("a class", () => {
    check(
      "---@class Ticket\n---@field id string The number.\nlocal T\n---@type Tic<|>ket\nlocal t",
      "(class) Ticket",
      "- `id: string` — The number\\.",
    );
  });
  test("a label", () => {
    check("::ag<|>ain::", "goto again");
  });
});

describe("words of the language", () => {
  test("a function of a primitive", () => {
    check('State.se<|>t("a", 1)', "(field) function set(key: string, value)", "Sets a value.", "`key` —");
  });
  test("a declaration", () => {
    check("x = Age<|>nt {}", "x = Agent { … }", "A model with a prompt", "Must have: `system_prompt`.");
  });
  test("a field of a declaration: kind, default, values", () => {
    check(
      'x = Agent { modu<|>le = "Raw" }',
      "(Agent) module",
      "Style of prompting",
      "Takes a text.",
      'Default: `"Raw"`.',
      '- `"Raw"` — The prompt as it is written.',
    );
  });
  test("a nested field, an option of a field, an option of a turn, of a mock", () => {
    check("x = Agent { retry = { attem<|>pts = 2 } }", "(Agent) attempts", "Attempts in all");
    check(
      "P = Procedure { input = { a = field.string{ requi<|>red = true } } }",
      "(string) required",
      "Whether",
    );
    check("x = Agent {}\nfunction f() x({ mess<|>age = '' }) end", "(agent) message", "What the user says");
    check("x = Agent {}\nMocks { x = { temp<|>oral = {} } }", "(x) temporal", "One answer for each turn");
  });
  test("a value of a field", () => {
    check('x = Agent { tool_choice = "requi<|>red" }', '"required"', "The model must call a tool.");
  });
  test("an older field", () => {
    check(
      "x = Tool { hand<|>ler = function() end }",
      "(Tool) handler",
      "*An older form: write a function without a name.*",
    );
  });
  test("a library of Lua and a table of the language", () => {
    check("print(stri<|>ng)", "string");
    check("print(sta<|>te)", "state", "The values that the run keeps");
  });
});

describe("texts", () => {
  test("a provider and a model", () => {
    check('x = Agent { provider = "anthro<|>pic" }', '"anthropic"', "ANTHROPIC_API_KEY");
    check('x = Agent { model = "openai/gpt-<|>4o" }', '"openai/gpt-4o"', "A model of OpenAI");
    check('x = Agent { model = "my<|>own" }', '"myown"', "the provider decides");
  });
  test("a tool of the library", () => {
    check('x = Agent { tools = { "do<|>ne" } }', 'require("tactus.tools.done")', "the work is finished");
  });
  test("a tool that nobody declares", () => {
    expect(hover('x = Agent { tools = { "gho<|>st" } }')).toBe(
      "No tool or toolset `ghost` is declared in this file; only a run can tell whether there is one.",
    );
  });
  test("modules", () => {
    check('local j = require("tactus.io.js<|>on")', 'require("tactus.io.json")', "- `read` —");
    check(
      { "sums.tac": "return { add = function(a) end }", "main.tac": 'local s = require("su<|>ms")' },
      'require("sums")',
      "The file `sums.tac` beside this one.",
      "- `add: fun(a)`",
    );
    check('local s = require("go<|>ne")', 'require("gone")', "There is no such module.");
  });
  test("a host tool that the configuration lacks", () => {
    check('function f() Host.call("git.st<|>atus") end', '"git.status"', "outside of the sandbox");
  });
  test("placeholders", () => {
    check('x = Agent { system_prompt = "{inp<|>ut.a}" }', "{input.…}", "The keys of the call");
    check('x = Agent { system_prompt = "{sta<|>te.a}" }', "{state.…}", "Values of the state");
    check(
      'x = Agent { system_prompt = "{input.da<|>y}" }\nfunction f() x({ day = 1 }) end',
      "input.day: integer",
      "Given by calls of the agent `x`",
    );
  });
  test("a step, and the tool that it names", () => {
    const specification = (step: string): string =>
      `search = Tool { description = "Finds", function(args) end }\nSpecification([[\nFeature: f\n Scenario: s\n  Then ${step}\n]])`;
    expect(hover(specification("the search tool should be cal<|>led"))).toBe(
      "Then `the {tool} tool should be called`\n\nThe tool was called at least once.\n\n- `{tool}` — Name of the tool.",
    );
    check(specification("the sea<|>rch tool should be called"), "Tool search(args?)", "Finds");
    expect(
      hover(
        "Step('a desk', function() end)\nSpecification([[\nFeature: f\n Scenario: s\n  Then a de<|>sk\n]])",
      ),
    ).toBe("A step of this file, declared as `a desk`.");
  });
});

test("texts of files are never markup", () => {
  const evil = "<img src=x> [go](command:x) **b** ![](http://x) `c` ``` # h";
  const text = hover(
    `--- ${evil}\n---@param a any ${evil}\nfunction f(a) end\n<|>f()`.replace("<|>f", "f<|>"),
  );
  expect(text).toContain("\\<img src\\=x\\> \\[go\\]\\(command\\:x\\) \\*\\*b\\*\\*");
  expect(text).not.toMatch(/(?<!\\)[<[!]/);
  const tool = hover(`x = Tool { description = "${evil}\\n# h", function() end }\nprint(x<|>)`);
  expect(tool?.replace(/^```[\s\S]*?\n```/, "")).not.toMatch(/(?<!\\)[<[!#]/);
});

test("code in a name can't leave its block", () => {
  expect(hover("local t = { '```' }\nlocal x<|> = require('```\\n# no')")).toBeDefined();
  expect(hover("x = Agent { tools = { '`<|>` ```' } }")).toContain("```` `` ``` ````".slice(0, 4));
});

test("nothing is said of what is no name", () => {
  expect(hover("local x = 1<|>2")).toBeUndefined();
  expect(hover("-- wo<|>rds")).toBeUndefined();
  expect(hover('local x = "wo<|>rds"')).toBeUndefined();
});
