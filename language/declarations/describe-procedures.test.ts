import { describe, expect, test } from "vitest";
import { type DeclarationSummary, describeProcedures } from "#language/declarations/describe-procedures.ts";
import { evaluateDeclarations } from "#language/declarations/evaluate-declarations.ts";
import type { EngineOptions, LuaEngine } from "#lua/engine.ts";
import { createFengariEngine } from "#lua/fengari/create-fengari-engine.ts";
import { createWasmEngineFactory } from "#lua/wasm/create-wasm-engine.ts";

const engines: Readonly<Record<string, (options: EngineOptions) => LuaEngine>> = {
  fengari: createFengariEngine,
  wasm: await createWasmEngineFactory(),
};

const forms: ReadonlyArray<{ form: string; source: string; names: string[] }> = [
  {
    form: "named",
    source: 'Procedure "sub" { function() end }\nProcedure { function() end }',
    names: ["sub", "main"],
  },
  { form: "three arguments", source: 'Procedure("old", { input = {} }, function() end)', names: ["old"] },
  { form: "assigned", source: "anything = Procedure { function() end }", names: ["anything"] },
  { form: "plain function", source: "function main() return 1 end", names: ["main"] },
  {
    form: "script",
    source: "input { n = field.number{} }\nlocal r = input.n + 1\nreturn { r = r }",
    names: ["main"],
  },
  {
    form: "in a loop",
    source: 'for _, n in ipairs{"a","b"} do Procedure(n, {}, function() end) end',
    names: ["a", "b"],
  },
];

describe.for(Object.entries(engines))("on %s", ([, createEngine]) => {
  function describeSource(source: string, instructions = 1_000_000): DeclarationSummary {
    const request = { uri: "file:///w/a.tac", text: source };
    return describeProcedures(evaluateDeclarations(request, createEngine, { instructions }));
  }

  test("a procedure with every kind of input", () => {
    const summary = describeSource(`
local done = require("tactus.tools.done")
clerk = Agent { provider = "openai", system_prompt = "x", tools = { done } }
add = Tool { description = "sum", input = { a = field.number{required = true} },
  function(args) return args.a end }

Procedure {
  input = {
    topic = field.string{required = true, description = "What about"},
    tone = field.string{default = "kind", enum = {"kind", "formal"}},
    count = field.integer{default = 3},
    tags = field.array{},
  },
  function(input) return { reply = clerk(input.topic).output } end
}
`);
    expect(summary).toEqual({
      procedures: [
        {
          name: "main",
          line: 7,
          input: [
            { name: "count", type: "integer", required: false, default: 3 },
            { name: "tags", type: "array", required: false },
            { name: "tone", type: "string", required: false, default: "kind", enum: ["kind", "formal"] },
            { name: "topic", type: "string", required: true, description: "What about" },
          ],
        },
      ],
      agents: [{ name: "clerk", line: 3 }],
      tools: [{ name: "add", line: 4 }],
    });
  });

  test.for(forms)("the form $form", ({ source, names }) => {
    const summary = describeSource(source);
    expect(summary.problem).toBeUndefined();
    expect(summary.procedures.map(({ name }) => name)).toEqual(names);
  });

  test("computed declarations are known", () => {
    const summary = describeSource(`
for _, name in ipairs { "red", "green" } do
  _G["paint_" .. name] = Tool { description = name, function() end }
end
local hidden = Agent { system_prompt = "x" }
`);
    expect(summary.tools.map(({ name }) => name)).toEqual(["paint_red", "paint_green"]);
    expect(summary.agents).toEqual([]);
  });

  test("what was declared before an error is kept", () => {
    const summary = describeSource('Procedure { function() end }\nerror("boom")');
    expect(summary.procedures).toHaveLength(1);
    expect(summary.problem).toMatchObject({ line: 2, message: expect.stringContaining("boom") });
  });

  test("a syntax error is a value with its line", () => {
    expect(describeSource("local x = = 1").problem).toMatchObject({ line: 1 });
  });

  test("an endless loop ends with the budget", () => {
    expect(describeSource("while true do end", 100_000).problem).toBeDefined();
  });

  test("an agent's answers, modules and unknown globals are stand-ins", () => {
    const summary = describeSource(`
local helpers = require("helpers.text")
local answer = clerk({ message = helpers.shout("x") .. "!" })
if #answer.output > 3 and answer.usage.total < 5 then Log.info(answer) end
for key in pairs(State) do error(key) end
return { value = answer.output + 1 }
`);
    expect(summary.problem).toBeUndefined();
  });
});
