import { describe, test } from "vitest";
import { expectFindings } from "#language/diagnostics/expect-findings.ts";

const only = ["wrong-phase"];

describe("wrong-phase", () => {
  test.for([
    {
      name: "declarations while a procedure runs",
      text: `Procedure { function()
  local t = Tool { function() end }
            ^^^^ wrong-phase error: finds a declared tool
  Toolset "x" { tools = {} }
  ^^^^^^^ wrong-phase
  Step("a", function() end)
  ^^^^ wrong-phase
  Procedure { function() end }
  ^^^^^^^^^ wrong-phase
  Specification([[Feature: A]])
  ^^^^^^^^^^^^^ wrong-phase warning
end }`,
    },
    {
      name: "declarations in a tool and in a hook",
      text: `t = Tool { function() Tool { function() end } end }
                      ^^^^ wrong-phase
a = Agent { provider = "openai", system_prompt = "", prepare = function() Tool { function() end } end }
                                                                          ^^^^ wrong-phase`,
    },
    {
      name: "primitives while the file is read",
      text: `local page = File.read("a.txt")
             ^^^^ wrong-phase error: is there only while a procedure runs
local now = Step.checkpoint(os.time)
            ^^^^ wrong-phase: has members only
Procedure { function() return page, now end }`,
    },
    {
      name: "declarations below the first statement of a script",
      text: `output { n = field.number{} }
local n = 1
t = Tool { function() end }
    ^^^^ wrong-phase: Put it above
return { n = n }`,
    },
  ])("$name", ({ text }) => {
    expectFindings(text, { only });
  });

  test.for<[string, string]>([
    [
      "looking up",
      'Procedure { function() Tool("t")({ a = 1 }) Procedure "sub" { a = 1 } return Tool.called("t") end }',
    ],
    [
      "agents and models, which can be made anywhere",
      'Procedure { function() local a = Agent { provider = "openai", system_prompt = "" } end }',
    ],
    [
      "a helper that declares",
      "local function make(n) return Tool { name = n, function() end } end a = make('a')",
    ],
    ["what is there from the start", 'Log.info("loading") State.set("a", 1) Procedure { function() end }'],
    [
      "primitives in functions",
      "local function read() return File.read('a') end Procedure { function() return read() end }",
    ],
    [
      "primitives in the body of a script",
      'output { n = field.string{} }\nlocal n = File.read("a")\nreturn { n = n }',
    ],
    ["a module", "local json = Json M = { f = function() return json end } return M"],
    ["a variable of that name", "local File = {} File.read = 1 Procedure { function() end }"],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });
});
