import { describe, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";

const only = ["unused-tool", "unused-agent"];
const agent = 'clerk = Agent { provider = "openai", system_prompt = "Help.", tools = {} }';

describe("unused tools and agents", () => {
  test("are told", () => {
    expectFindings(
      `search = Tool { function() end }
^^^^^^ unused-tool information
${agent}
^^^^^ unused-agent information
Procedure { function() end }`,
      { only },
    );
  });

  test("stand-ins, other writes and their own names are no use", () => {
    expectFindings(
      `search = Tool { name = "search", function() end }
^^^^^^ unused-tool
${agent}
^^^^^ unused-agent
Mocks { search = { returns = 1 }, clerk = { message = "", tool_calls = { { tool = "search" } } } }
Procedure { function() end }`,
      { only },
    );
  });

  test.for<[string, string]>([
    [
      "a tool of an agent",
      "t = Tool { function() end } a = Agent { provider = 'openai', system_prompt = '', tools = { t } } function main() a() end",
    ],
    [
      "a tool that a text names",
      "t = Tool { function() end } a = Agent { provider = 'openai', system_prompt = '', tools = { 't' } } function main() a() end",
    ],
    [
      "a tool in a toolset",
      "t = Tool { function() end } Toolset 's' { tools = { 't' } } Procedure { function() end }",
    ],
    ["a tool that is called", "t = Tool { function() end } Procedure { function() t({}) end }"],
    [
      "a tool that is looked at",
      "t = Tool { function() end } Procedure { function() return Tool.called('t') end }",
    ],
    [
      "a tool where an agent has every toolset",
      "t = Tool { function() end } a = Agent { provider = 'openai', system_prompt = '' } function main() a() end",
    ],
    ["an agent that is handed on", `${agent} Procedure { function() return pcall(clerk) end }`],
    ["an agent that is looked up", `${agent} Procedure { function() return Agent('clerk')() end }`],
    [
      "a step that names it",
      `${agent} Procedure { function() end } Specification([[\nFeature: A\n  Scenario: B\n    Given the agent "clerk" is ready\n]])`,
    ],
    ["a module", `${agent}\nlocal M = { f = function() end }\nreturn M`],
    [
      "a script that returns it",
      `output { a = field.string{} }\n${agent}\nlocal r = clerk()\nreturn { a = r.output }`,
    ],
    [
      "anything, through the table of globals",
      `${agent} Procedure { function() return _G["cl" .. "erk"]() end }`,
    ],
  ])("not: %s", ([, text]) => {
    expectFindings(text, { only });
  });

  test("the fix takes the declaration away", () => {
    expectFix(
      `${agent}
search = Tool {
^^^^^^ unused-tool
  function() end,
}
Procedure { function() return clerk() end }`,
      `${agent}
Procedure { function() return clerk() end }`,
      { only },
    );
  });
});
