import { expect, test } from "vitest";
import { scenarioOf, scenariosOf } from "#test/support/scenario-run.ts";

const procedure = `
lookup = Tool { description = "d", input = { q = field.string{} }, function(args) return args.q end }
writer = Agent { provider = "openai", model = "m", system_prompt = "s", tools = {lookup} }
Procedure {
  input = { who = field.string{default = "me"} },
  function(input)
    if input.who == "nobody" then error("nobody there") end
    State.set("who", input.who)
    return { text = tostring(writer("hi " .. input.who)), found = lookup({q = input.who}) }
  end
}`;

const passes: readonly (readonly [what: string, declared: string, steps: readonly string[]])[] = [
  [
    "groups come as texts, those that took no part as nil",
    `Step("(\\\\d+) (apples|pears)( please)?", function(ctx, n, fruit, please)
      assert(n == "3" and fruit == "pears" and please == nil) end)`,
    ["Given 3 pears"],
  ],
  [
    "named groups of Python, any case",
    `Step("there are (?P<count>\\\\d+) rows", function(ctx, count) assert(count == "2") end)`,
    ["Given There are 2 ROWS"],
  ],
  [
    "the pattern that fits the whole text goes before one that fits its start",
    `Step("I do it", function() error("too short") end)
     Step("I do it well", function() end)`,
    ["When I do it well"],
  ],
  [
    "a table comes last, as rows of texts",
    `Step("these rows:", function(ctx, rows) assert(rows[1][1] == "name" and rows[2][2] == "7" and #rows == 2) end)`,
    ["Given these rows:", "| name | size |", "| box | 7 |"],
  ],
  [
    "a text between quotes comes last",
    `Step("this (.+):", function(ctx, what, text) assert(what == "letter" and text == "Dear\\nAda") end)`,
    ["Given this letter:", '"""', "Dear", "Ada", '"""'],
  ],
  [
    "the context keeps what steps put there",
    `Step("I remember", function(ctx) ctx.kept = {1} end)
     Step("it is there", function(ctx) assert(ctx.kept[1] == 1) end)`,
    ["Given I remember", "Then it is there"],
  ],
  [
    "the context tells what happened",
    `Step("all is told", function(ctx)
      assert(ctx.tool_called("lookup") and ctx.tool_call_count("lookup") == 1 and ctx.tool_calls("lookup")[1].args.q == "Ada")
      assert(ctx:state_get("who") == "Ada" and ctx.state_exists("who") and not ctx.state_exists("x"))
      assert(ctx.output_get("found") == "Ada" and ctx.output_exists("text") and ctx.output_value().found == "Ada")
      assert(ctx.stop_success() and ctx.stop_reason() == nil and ctx.iterations() == 0)
      assert(ctx.agent_turns() == 1 and ctx.agent_turns("writer") == 1 and ctx.get_params().who == "Ada")
    end)`,
    ['Given the input who is "Ada"', "When the procedure runs", "Then all is told"],
  ],
  [
    "the context prepares a run",
    `Step("it is prepared", function(ctx)
      ctx.set_input("who", "Bob")
      ctx.mock_agent_response("writer", "told")
      ctx.mock_agent_tool_call("writer", "lookup", {q = "x"})
      ctx.mock_tool_returns("lookup", "mocked")
      assert(ctx.run_procedure().found == "mocked")
    end)`,
    [
      "Given it is prepared",
      'Then the output text should be "told"',
      "And the lookup tool should be called exactly 2 times",
    ],
  ],
  [
    "primitives and agents can be used",
    `Step("I ask the writer", function(ctx) ctx.said = tostring(writer("x")) end)
     Step("it said so", function(ctx) assert(ctx.said == "Mocked response from writer", ctx.said) end)`,
    ["When I ask the writer", "Then it said so"],
  ],
];

test.for(passes)("%s", ([, declared, steps]) => {
  const { steps: done } = scenarioOf(`${procedure}\n${declared}`, steps);
  expect(done.map(({ status, message }) => message ?? status)).toEqual(done.map(() => "passed"));
});

test("an error in a step fails it, with its place", () => {
  const { steps } = scenarioOf(
    `${procedure}\nStep("it is so", function() assert(1 == 2, "one is not two") end)`,
    ["Then it is so"],
  );
  expect(steps[0]).toMatchObject({ status: "failed", message: "lua-error: one is not two (main.tac:12)" });
});

test("an undefined step says what it may mean, and what follows is skipped", () => {
  const { status, steps } = scenarioOf(procedure, ["When the procedur runs", "Then the output should exist"]);
  expect(status).toBe("undefined");
  expect(steps.map((step) => step.status)).toEqual(["undefined", "skipped"]);
  expect(steps[0]?.message).toContain("Did you mean: the procedure runs");
});

test("background, rules, outlines and tags are worked in; each scenario begins in a fresh VM", () => {
  const scenarios = scenariosOf(`${procedure}
count = 0
Step("counted (\\\\d+)", function(ctx, n) count = count + 1 assert(count == tonumber(n)) end)
Specification([[
Feature: f
  Background:
    Given counted 1
  Scenario: first
    Then counted 2
  Scenario Outline: who is <who>
    Given the input who is "<who>"
    When the procedure runs
    Then the state who should be <who>
    Examples:
      | who |
      | Ada |
      | Bob |
  Rule: more
    Background:
      Given counted 2
    Scenario: ruled
      Then counted 3
]])`);
  expect(scenarios.map(({ name, status }) => [name, status])).toEqual([
    ["first", "passed"],
    ["who is Ada", "passed"],
    ["who is Bob", "passed"],
    ["ruled", "passed"],
  ]);
  expect(scenarios[0]?.steps?.map(({ line }) => line)).toEqual([17, 19]);
});
