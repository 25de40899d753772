import { describe, expect, test } from "vitest";
import { type EvaluationLimits, evaluateDeclarations } from "#language/declarations/evaluate-declarations.ts";
import type { EvaluatedDeclarations, ModuleSource } from "#language/declarations/evaluated-declarations.ts";
import { createFengariEngine } from "#lua/fengari/create-fengari-engine.ts";

const uri = "file:///w/a.tac";

function evaluate(
  text: string,
  modules: Readonly<Record<string, string>> = {},
  limits: EvaluationLimits = {},
): EvaluatedDeclarations {
  const sources = Object.entries(modules).map(([name, source]): [string, ModuleSource] => [
    name,
    { uri: `file:///w/${name.replaceAll(".", "/")}.tac`, text: source },
  ]);
  return evaluateDeclarations(
    { uri, text, modules: Object.fromEntries(sources) },
    createFengariEngine,
    limits,
  );
}

/** `Agent clerk@3`, in short. */
function names({ declarations }: EvaluatedDeclarations): string[] {
  return declarations.map(({ kind, name, line }) => `${kind} ${name ?? "?"}@${line}`);
}

const body = "function() end";

describe("names", () => {
  test.for<readonly [what: string, source: string, expected: readonly string[]]>([
    ["a variable", 'clerk = Agent { system_prompt = "x" }', ["Agent clerk@1"]],
    ["a local variable, which is not known", 'local clerk = Agent { system_prompt = "x" }', ["Agent ?@1"]],
    ["the first of two variables", `a = Tool { ${body} }\nb = a`, ["Tool a@1"]],
    ["a variable that held something before", `a = 1\na = Tool { ${body} }`, ["Tool a@2"]],
    ["two tools in one variable", `a = Tool { ${body} }\na = Tool { ${body} }`, ["Tool a@1", "Tool a@2"]],
    ["a text in front", `Procedure "sub" { ${body} }`, ["Procedure sub@1"]],
    ["a text as the first argument", 'Toolset("web", { tools = {} })', ["Toolset web@1"]],
    ["a field of a tool", `local t = Tool { name = "t", ${body} }`, ["Tool t@1"]],
    ["no field of a model", 'm = Model { type = "registry", name = "remote" }', ["Model m@1"]],
    ["a procedure without any", `Procedure { ${body} }`, ["Procedure main@1"]],
    ["an assigned procedure", `refund = Procedure { ${body} }`, ["Procedure refund@1"]],
    [
      "a loop",
      `for _, colour in ipairs { "red", "green" } do\n  _G["paint_" .. colour] = Tool { ${body} }\nend`,
      ["Tool paint_red@2", "Tool paint_green@2"],
    ],
    [
      "a helper function",
      `local function agent(name)\n  return Agent { system_prompt = name }\nend\na, b = agent("x"), agent("y")`,
      ["Agent a@2", "Agent b@2"],
    ],
    [
      "the look-up of an agent",
      'clerk = Agent { system_prompt = "x" }\nlocal again = Agent("clerk")',
      ["Agent clerk@1"],
    ],
    ["a model in two steps", 'Model "m" { type = "mock" }\nother = Model("m")', ["Model m@1"]],
    ["a prompt", 'Prompt("hello", "Hello {input.name}")', ["Prompt hello@1"]],
    [
      "what has no name",
      'Mocks {}\nSpecification([[Feature: x]])\nStep("it rains", function() end)',
      ["Mocks ?@1", "Specification ?@2", "Step ?@3"],
    ],
    ["tasks", `Task "all" {\n  part = Task { entry = ${body} },\n}`, ["Task ?@2", "Task all@1"]],
    [
      "a constructor of a module",
      'docs = require("tactus.corpora.filesystem").Corpus { root = "x" }',
      ["Corpus docs@1"],
    ],
    [
      "a constructor that is a method",
      'local r = require("tactus.retrievers").TfVector.Retriever:new { name = "r", corpus = "c" }',
      ["Retriever r@1"],
    ],
  ])("%s", ([, source, expected]) => {
    const evaluated = evaluate(source);
    expect(evaluated.problem).toBeUndefined();
    expect(names(evaluated)).toEqual(expected);
  });
});

describe("values", () => {
  function config(source: string): unknown {
    return evaluate(source).declarations.at(-1)?.config;
  }

  test("nested tables, lists and scalars", () => {
    expect(config('Mocks { a = { "x", { deep = true } }, n = 1.5, [7] = "seven", [true] = "yes" }')).toEqual({
      kind: "table",
      items: [],
      fields: {
        a: { kind: "table", items: ["x", { kind: "table", items: [], fields: { deep: true } }], fields: {} },
        n: 1.5,
        "7": "seven",
        true: "yes",
      },
    });
  });

  test("handles have the names that they get later", () => {
    const source = `local done = require("tactus.tools.done")
helper = Tool { ${body} }
local inner = Tool { ${body} }
clerk = Agent { tools = { done, helper, inner, "web", mcp.files.read } }
late = inner`;
    expect(evaluate(source).declarations.at(-1)?.config?.fields["tools"]).toMatchObject({
      items: [
        { kind: "handle", declaration: "Tool", name: "done" },
        { kind: "handle", declaration: "Tool", name: "helper", index: 0 },
        { kind: "handle", declaration: "Tool", name: "late", index: 1 },
        "web",
        { kind: "handle", declaration: "Tool", name: "mcp.files.read" },
      ],
    });
  });

  test("functions have their place and their parameters", () => {
    const source =
      'local m = require("m")\nTool {\n  function(args, ...) end,\n  handler = m.run, other = print,\n}';
    const evaluated = evaluate(source, { m: "local m = {}\nfunction m:run(a) end\nreturn m" });
    expect(evaluated.declarations[0]).toMatchObject({
      body: { kind: "function", uri, line: 3, parameters: ["args", "..."] },
      config: {
        fields: {
          handler: { kind: "function", uri: "file:///w/m.tac", line: 2, parameters: ["self", "a"] },
          other: { kind: "function" },
        },
      },
    });
  });

  test("builders of fields, filters, matchers and directives", () => {
    const source = `Procedure { input = { a = field.string { enum = { "x" } }, b = field.integer() }, ${body},
  filter = filters.last_n(3), check = contains("x"), message = system("hi"), score = field.contains { field = "a" } }`;
    expect(config(source)).toMatchObject({
      fields: {
        input: {
          fields: {
            a: { kind: "field", type: "string", options: { required: false, enum: { items: ["x"] } } },
            b: { kind: "field", type: "integer", options: { required: false } },
          },
        },
        filter: { items: ["last_n", 3] },
        check: { items: ["contains", "x"] },
        message: { fields: { directive: "system", value: "hi" } },
        score: { kind: "table", fields: { type: "contains", field: "a" } },
      },
    });
  });

  test("tables that are merged and lists that are built", () => {
    const source = `local base = { provider = "openai", tools = {} }
for _, name in ipairs { "a", "b" } do table.insert(base.tools, name) end
local function with(extra)
  local merged = {}
  for key, value in pairs(base) do merged[key] = value end
  for key, value in pairs(extra) do merged[key] = value end
  return merged
end
clerk = Agent(with { system_prompt = "x" })`;
    expect(config(source)).toMatchObject({
      fields: { provider: "openai", system_prompt: "x", tools: { items: ["a", "b"] } },
    });
  });

  test.for<readonly [what: string, value: string, expected: unknown]>([
    [
      "a cycle",
      "(function() local t = {} t.t = t return t end)()",
      { fields: { t: { kind: "omitted", why: "cycle" } } },
    ],
    ["a long text", '("x"):rep(300000)', { kind: "omitted", why: "size" }],
    [
      "a long list",
      "(function() local t = {} for i = 1, 20000 do t[i] = i end return t end)()",
      { kind: "omitted", why: "size" },
    ],
    ["what only a run knows", 'require("nowhere").value', { kind: "standIn" }],
    ["a coroutine", "coroutine.create(print)", null],
  ])("%s", ([, value, expected]) => {
    const found = evaluate(`Mocks { value = ${value} }`).declarations[0]?.config?.fields["value"];
    if (expected === null) expect(found).toBeNull();
    else expect(found).toMatchObject(expected as object);
  });

  test("deep tables are cut", () => {
    const text = JSON.stringify(
      evaluate("local t = {} for _ = 1, 100 do t = { t } end Mocks(t)").declarations,
    );
    expect(text).toContain('{"kind":"omitted","why":"depth"}');
    expect(text.length).toBeLessThan(2000);
  });

  test("a table that is in itself many times over costs no more than the limit", () => {
    const text = JSON.stringify(evaluate("local t = {} for _ = 1, 15 do t = { t, t, t, t } end Mocks(t)"));
    expect(text).toContain('"why":"size"');
    expect(text.length).toBeLessThan(1_000_000);
  });
});

describe("what else a file says", () => {
  test("settings, by call and by assignment", () => {
    const { settings, globals } = evaluate('default_model("a")\ndefault_provider = "b"\nmax_turns(3)');
    expect(settings).toMatchObject([
      { name: "default_model", value: "a", line: 1 },
      { name: "default_provider", value: "b", line: 2 },
      { name: "max_turns", value: 3, line: 3 },
    ]);
    expect(globals).toEqual([]);
  });

  test("globals, each by its first assignment", () => {
    const source = `function main() end\nlimit = 3\nlimit = 4\nt = Tool { ${body} }\nlocal l = 1\n_G["com" .. "puted"] = {}`;
    expect(evaluate(source).globals.map(({ name, type, line }) => `${name}: ${type}@${line}`)).toEqual([
      "main: function@1",
      "limit: number@2",
      "t: handle@4",
      "computed: table@6",
    ]);
  });

  test("keys of the state", () => {
    const source = `Procedure { state = { a = field.number {} }, ${body} }
State.set("b", 1)
state.c = State.get("b") + State.increment("d")
assert(state.c == 2 and State.all().d == 1)`;
    expect(evaluate(source)).toMatchObject({ stateKeys: ["a", "b", "c", "d"] });
    expect(evaluate(source).problem).toBeUndefined();
  });

  test("schemas of a script, whose statements are not evaluated", () => {
    const evaluated = evaluate('input { n = field.number {} }\n\nerror("not now")\nreturn { r = input.n }');
    expect(evaluated).toMatchObject({ isScript: true, declarations: [{ kind: "input", line: 1 }] });
    expect(evaluated.problem).toBeUndefined();
  });

  test("modules, with what they declare and where they were asked for", () => {
    const source = `local log = require("tactus.tools.log")
local tools = require("lib/tools")
local missing = require("missing")
clerk = Agent { tools = { tools.look } }
assert(require("lib.tools") == tools and select(2, require("lib.tools")) == "tools.tac")`;
    const evaluated = evaluate(source, { "lib/tools": `\nlook = Tool { ${body} }\nreturn { look = look }` });
    expect(evaluated.problem).toBeUndefined();
    expect(
      evaluated.requires.map(({ name, found, moduleUri, line }) => [name, found, moduleUri, line]),
    ).toEqual([
      ["tactus.tools.log", "standard", undefined, 1],
      ["lib/tools", "file", "file:///w/lib/tools.tac", 2],
      ["missing", "nothing", undefined, 3],
    ]);
    expect(evaluated.declarations[0]).toMatchObject({
      name: "look",
      uri: "file:///w/lib/tools.tac",
      line: 2,
      topLine: 2,
    });
    expect(evaluated.declarations[1]).toMatchObject({ name: "clerk", uri, line: 4 });
  });

  test("the line that called a helper", () => {
    const source = `local function make(name)\n  return Tool { name = name, ${body} }\nend\n\nmake("a")`;
    expect(evaluate(source).declarations).toMatchObject([{ name: "a", line: 2, topLine: 5 }]);
  });

  test("attributes of locals, which the engine of the editor does not know", () => {
    const source = `local limit <const>, other < close > = 3, nil\nassert(limit == 3)\nt = Tool { ${body} }`;
    expect(evaluate(source).problem).toBeUndefined();
    expect(names(evaluate(source))).toEqual(["Tool t@3"]);
  });
});

describe("problems", () => {
  test.for<readonly [what: string, source: string, expected: object]>([
    [
      "a required value",
      'local key = os.getenv("KEY")\nif not key then error("set KEY") end',
      { reason: "error", message: "set KEY", line: 2, topLine: 2, isCertain: true },
    ],
    [
      "a global that nobody sets",
      'if not region then\n  error("set region")\nend',
      { message: "set region", line: 2 },
    ],
    [
      "an error blamed on the caller",
      'local function need(x)\n  if not x then error("set it", 2) end\nend\nneed(nil)',
      { message: "set it", line: 4, topLine: 4 },
    ],
    ["a failed assertion", 'assert(params.region, "set region")', { message: "set region", line: 1 }],
    ["an error that is a table", 'error({ message = "odd" })', { reason: "error", message: "odd", line: 1 }],
    [
      "an undefined global",
      "nothing.at_all()",
      { message: "attempt to index a nil value (global 'nothing')" },
    ],
    [
      "a primitive that is not there yet",
      'Human.approve { message = "x" }',
      { message: expect.stringMatching(/^Human can be used only while/) },
    ],
    ["a syntax error", "local x = = 1", { reason: "syntax", line: 1, uri }],
    [
      "an error after a stand-in",
      'local answer = require("nowhere").ask()\nerror("x")',
      { line: 2, isCertain: false },
    ],
    [
      "endless recursion",
      "local function f() return 1 + f() end f()",
      { reason: "error", message: expect.stringContaining("stack overflow") },
    ],
    ["an endless loop", "while true do end", { reason: "instructions", line: 1 }],
    [
      "a loop that catches",
      "while true do pcall(function() while true do end end) end",
      { reason: "instructions" },
    ],
    ["too many declarations", `while true do Tool { ${body} } end`, { reason: "size" }],
  ])("%s", ([, source, expected]) => {
    const evaluated = evaluate(`${source}\n`, {}, { instructions: 3_000_000 });
    expect(evaluated.problem).toMatchObject(expected);
  });

  test("in a module: the place there, and the line that asked for it", () => {
    const evaluated = evaluate('clerk = Agent { system_prompt = "x" }\nrequire("m")', {
      m: '\nerror("boom")',
    });
    expect(evaluated.problem).toMatchObject({ message: "boom", uri: "file:///w/m.tac", line: 2, topLine: 2 });
    expect(names(evaluated)).toEqual(["Agent clerk@1"]);
  });

  test("a module that can't be compiled", () => {
    const { problem } = evaluate('\nrequire("m")', { m: "\n\nlocal = 1" });
    expect(problem).toMatchObject({ reason: "syntax", uri: "file:///w/m.tac", line: 3, topLine: 2 });
  });

  test("modules that require each other", () => {
    const { problem } = evaluate('require("m")', { m: 'require("n")', n: 'require("m")' });
    expect(problem?.message).toBe("require goes in a circle: m → n → m.");
  });

  test("an evaluation that is ended from outside keeps what was declared", () => {
    let asked = 0;
    const stop = () => (++asked > 3 ? ({ reason: "deadline", message: "too long" } as const) : undefined);
    const evaluated = evaluate(`t = Tool { ${body} }\nwhile true do pcall(error) end`, {}, { stop });
    expect(evaluated.problem).toMatchObject({ reason: "deadline", message: "too long", line: 2 });
    expect(names(evaluated)).toEqual(["Tool t@1"]);
  });

  test("a text beyond all size is not evaluated", () => {
    expect(evaluate(`-- ${"x".repeat(1 << 20)}`).problem).toMatchObject({ reason: "size" });
  });
});

test("stand-ins end loops, and can be used like any value", () => {
  const source = `
clerk = Agent { system_prompt = "x" }
local answer = clerk({ message = "x" })
for _, item in ipairs(answer.items) do error(item) end
for item in answer.output:gmatch("x") do error(item) end
for key in pairs(answer) do error(key) end
if #answer.output > 3 or answer.usage.total < 5 then print(answer) end
text = "is " .. answer.output .. tostring(answer) .. (answer.n + 1) * 2
Log.info(text)
if clerk.turn then error("no such member") end
t = Tool { function() end }`;
  const evaluated = evaluate(source);
  expect(evaluated.problem).toBeUndefined();
  expect(evaluated.declarations.map(({ name }) => name)).toEqual(["clerk", "t"]);
});

test("a file can't reach the recorder", () => {
  const source = `
for _, name in ipairs { "host", "note", "declarations" } do assert(_G[name] == nil, name) end
type, next, pairs, setmetatable, error = nil, nil, nil, nil, nil
clerk = Agent { tools = { Tool { function() end } } }
assert(not pcall(function() getmetatable(clerk).__handle = 9 end))
assert(getmetatable(_G) == false)
State.set("a", 1)`;
  const evaluated = evaluate(source);
  expect(evaluated.problem).toBeUndefined();
  expect(names(evaluated)).toEqual(["Tool ?@4", "Agent clerk@4"]);
});
