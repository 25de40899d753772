import { beforeAll, describe, expect, test } from "vitest";
import { expectFindings, expectFix } from "#language/diagnostics/expect-findings.ts";
import { prepareEmbedded } from "#language/diagnostics/prepare-embedded.ts";

beforeAll(async () => {
  await prepareEmbedded();
});

describe("placeholders of prompts", () => {
  const only = ["unknown-placeholder"];

  /** An agent with fields, a call of it, and a procedure with an input and a state. */
  function prompt(fields: string, call = '{ message = "go", topic = "x" }', more = ""): string {
    return `clerk = Agent {
  provider = "openai",
  ${fields}
}
Procedure {
  input = { order = field.string{} },
  state = { count = field.number{} },
  function(input)
    state.name = input.order
    clerk(${call})
    ${more}
  end,
}`;
  }

  test.for([
    {
      name: "a namespace that is none",
      fields: `system_prompt = "Help with {inptu.topic}."
                              ^^^^^ unknown-placeholder warning: Did you mean "input"`,
    },
    {
      name: "a key that no call gives",
      fields: `system_prompt = "Help with {input.topci}."
                                    ^^^^^ unknown-placeholder: Did you mean "topic"`,
    },
    {
      name: "an input of the run under the name of those of the call",
      fields: `system_prompt = "Help with {input.order}."
                              ^^^^^ unknown-placeholder: Did you mean "context"`,
    },
    {
      name: "an input that the procedure does not declare",
      fields: `system_prompt = "Help with {context.oder}."
                                      ^^^^ unknown-placeholder: Did you mean "order"`,
    },
    {
      name: "a key of the state that nothing sets",
      fields: `system_prompt = "Help with {state.cuont}."
                                    ^^^^^ unknown-placeholder: Did you mean "count"`,
    },
    {
      name: "what nothing prepares",
      fields: `system_prompt = "Help with {prepared.x}."
                                       ^ unknown-placeholder: no function \`prepare\``,
    },
    {
      name: "what the preparation does not give",
      fields: `system_prompt = "{prepared.b}", prepare = function() return { a = 1 } end
                             ^ unknown-placeholder: does not give it`,
    },
    {
      name: "the environment",
      fields: `system_prompt = "Help with {env.HOME}."
                                  ^^^^ unknown-placeholder: no environment`,
    },
    {
      name: "a name without its namespace",
      fields: `system_prompt = "Help with {topic}."
                              ^^^^^ unknown-placeholder: Did you mean "input.topic"`,
    },
    {
      name: "a name in the first message",
      fields: `system_prompt = "", initial_message = "On {orders}."
                                             ^^^^^^ unknown-placeholder: Did you mean "order"`,
    },
  ])("$name", ({ fields }) => {
    expectFindings(prompt(fields), { only });
  });

  test.for([
    {
      name: "what there is",
      text: prompt(
        'system_prompt = "{input.topic} {params.message} {context.order} {state.count} {state.name}"',
      ),
    },
    {
      name: "other things in braces",
      text: prompt(`system_prompt = [[{"a": 1} {x} {user.name} {{input.x}} {input}]]`),
    },
    {
      name: "the first message from run and call",
      text: prompt('system_prompt = "", initial_message = "{input.order} {order} {topic} {context.topic}"'),
    },
    {
      name: "keys of the schema of the agent",
      text: prompt('system_prompt = "{input.tone}", input = { tone = field.string{} }'),
    },
    { name: "a call that only a run knows", text: prompt('system_prompt = "{input.x}"', "input") },
    { name: "computed keys", text: prompt('system_prompt = "{input.x}"', "{ [input.order] = 1 }") },
    {
      name: "an agent that is handed on",
      text: prompt('system_prompt = "{input.x}"', undefined, "helper(clerk)"),
    },
    {
      name: "an agent that nothing calls",
      text: 'a = Agent { provider = "openai", system_prompt = "{input.x}" }\nProcedure { function() end }',
    },
    {
      name: "computed state",
      text: prompt('system_prompt = "{state.x}"', undefined, "State.set(input.order, 1)"),
    },
    {
      name: "state that a tool sets",
      text: `t = Tool { function() State.increment("hits") end }\n${prompt('system_prompt = "{state.hits}"')}`,
    },
    {
      name: "what is prepared somewhere else",
      text: prompt('system_prompt = "{prepared.x}", prepare = make()'),
    },
    {
      name: "a value that is prepared",
      text: prompt('system_prompt = "{prepared.value}", prepare = function() return "a" end'),
    },
    {
      name: "a module",
      text: 'a = Agent { provider = "openai", system_prompt = "{input.x} {state.y}" }\nreturn { f = function() return a() end }',
    },
  ])("not: $name", ({ text }) => {
    expectFindings(text, { only });
  });

  test("the prompt of a turn", () => {
    expectFindings(
      `a = Agent { provider = "openai", system_prompt = "" }
Procedure { function() a({ system_prompt = "{stat.count}" }) end }
                                             ^^^^ unknown-placeholder`,
      { only },
    );
  });

  test("the fix writes the name that is meant", () => {
    expectFix(
      'a = Agent { provider = "openai", system_prompt = "{inptu.message}" }\n                                                   ^^^^^ unknown-placeholder\nProcedure { function() a() end }',
      'a = Agent { provider = "openai", system_prompt = "{input.message}" }\nProcedure { function() a() end }',
      { only },
    );
  });
});

describe("specifications", () => {
  const only = ["specification-error", "undefined-step", "invalid-pattern"];

  test("what is no Gherkin", () => {
    expectFindings(
      `Specification([[
Feature: A
  Scenario: B
    Gven the procedure has started
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ specification-error warning
    When the procedure runs
      | a | b |
      | c |
      ^^^^^ specification-error error
]])`,
      { only },
    );
  });

  test("steps that mean nothing, with the nearest one", () => {
    const { diagnostics } = expectFindings(
      `Specification([[
Feature: A
  Scenario: B
    Given the procedure has startd
          ^^^^^^^^^^^^^^^^^^^^^^^^ undefined-step warning: Did you mean "the procedure has started"
    When something else entirely happens to it
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ undefined-step
]])`,
      { only },
    );
    expect(diagnostics.map(({ fixes = [] }) => fixes.map(({ title }) => title))).toEqual([
      ['Write "the procedure has started"', "Define this step"],
      ["Define this step"],
    ]);
  });

  test("not: built-in steps, own ones wherever they stand, outlines", () => {
    expectFindings(
      `Step("the order has (\\\\d+) items", function(ctx, count) end)
Specification([[
Feature: A
  Scenario Outline: B
    Given the procedure has started
    And the order has <n> items
    When the procedure runs
    Examples:
      | n |
      | 3 |
]])`,
      { only },
    );
  });

  test("steps of modules: those that were evaluated count, others keep the rule quiet", () => {
    const text = `require("steps")
Specification([[
Feature: A
  Scenario: B
    Given it is done
]])`;
    expectFindings(text, { only, files: { "steps.tac": 'Step("it is done", function() end)' } });
    const place = { uri: "file:///project/steps.tac", line: 1, topLine: 1 };
    const evaluation = {
      declarations: [{ kind: "Step", text: "it is (done|open)", ...place }],
      settings: [],
      globals: [],
      stateKeys: [],
      requires: [],
      isScript: false,
    };
    expectFindings(text, { only, evaluation });
    expectFindings(text.replace("]])", "    And it is lost\n        ^^^^^^^^^^ undefined-step\n]])"), {
      only,
      evaluation,
    });
  });

  test("a step that is declared later changes the findings of others", () => {
    const text = "Specification([[\nFeature: A\n  Scenario: B\n    Given it is done\n]])";
    expectFindings(text.replace("done", "done\n          ^^^^^^^^^^ undefined-step"), { only });
    expectFindings(`${text}\nStep("it is done", function() end)`, { only });
  });

  test("the fixes write the step, or define it", () => {
    const before = `Specification([[
Feature: A
  Scenario: B
    Given the procedure has startd (twice)
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ undefined-step
]])
`;
    expectFix(
      before,
      `Specification([[
Feature: A
  Scenario: B
    Given the procedure has startd (twice)
]])

Step("the procedure has startd \\\\(twice\\\\)", function(ctx)
end)
`,
      { only, title: "Define this step" },
    );
  });
});
