import { describe, expect, test } from "vitest";
import { stepHandlers } from "#runtime/specifications/step-handlers.ts";
import { scenarioOf } from "#test/support/scenario-run.ts";
import { steps } from "#vocabulary/steps.ts";

test("every step of the vocabulary has a handler, and no other", () => {
  expect(Object.keys(stepHandlers).sort()).toEqual(steps.map(({ name }) => name).sort());
});

/** A procedure that does a bit of everything. */
const source = `
lookup = Tool { description = "d", input = { query = field.string{}, count = field.integer{} },
  function(args) return "found " .. (args.query or "") end }
writer = Agent { provider = "openai", model = "m", system_prompt = "s", tools = {lookup} }
Procedure {
  input = { topic = field.string{default = "tea"}, n = field.number{default = 2}, items = field.array{} },
  function(input)
    if input.topic == "crash" then error("no such topic") end
    local said = writer("Write about " .. input.topic)
    local found = lookup({query = input.topic, count = 3})
    State.set("counter", 3)
    State.set("answer", "yes, it rains")
    State.set("flag", true)
    Iterations.increment() Iterations.increment()
    Stop.request("nothing left to do")
    return { reply = tostring(said), found = found, n = input.n, ok = true, items = input.items, time = os.time(), data = said.output }
  end
}`;

type Case = readonly [step: string, message?: RegExp];

/** Steps that follow a run; with a message, those that must fail, and how they say so. */
const afterRun: readonly Case[] = [
  ["the lookup tool should be called"],
  [
    "the other tool should be called",
    /Expected the tool 'other' to be called at least once, but it was called 0 times. Called were: lookup\./,
  ],
  ["the other tool should not be called"],
  ["the lookup tool should not be called", /never, but it was called 1 time/],
  ["the lookup tool should be called at least 1 time"],
  ["the lookup tool should be called at least 2 times", /at least 2 times, but it was called 1 time/],
  ["the lookup tool should be called exactly 1 time"],
  ["the lookup tool should be called exactly 2 times", /exactly 2 times/],
  ["the lookup tool should be called with query=tea"],
  ["the lookup tool should be called with count=3"],
  ["the lookup tool should be called with query=coffee", /with query=coffee, but its calls were \{.*"tea"/],
  ['the lookup tool should be called with query matching pattern "^t.a$"'],
  ['the lookup tool should be called with query matching pattern "x+"', /matching "x\+"/],
  ["the state counter should be 3"],
  ["the state flag should be True"],
  ["the state counter should be 4", /Expected the state 'counter' to be 4, but it is 3/],
  ["the state counter should exist"],
  ["the state should contain answer"],
  ["the state nothing should exist", /to have 'nothing', but it has .*counter/],
  ['the state answer should match pattern "^yes"'],
  ['the state answer should match pattern "^no"', /but it is "yes, it rains"/],
  ['the state answer should be similar to "yes, it rained"'],
  ['the state answer should be similar to "quite another text"', /80% similar .* \(\d+%\)/],
  ['the state answer should be similar to "yes it is" with 50% similarity'],
  ["the output should exist"],
  ['the output reply should be "Mocked response from writer"'],
  ["the output n should be 2"],
  ["the output n should be 3", /Expected the output 'n' to be 3, but it is 2/],
  ["the output ok should be true"],
  ["the output ok should not be false"],
  ["the output ok should not be true", /not to be true, but it is/],
  ["the output found should exist"],
  ["the output should contain found"],
  ["the output nothing should exist", /to have 'nothing', but it is \{/],
  ['the output found should match pattern "found (tea|coffee)"'],
  ['the output found should match pattern "("', /can't be read/],
  ['the output found should be similar to "found tee"'],
  ['the output found should be similar to "found tee" with 99% similarity', /99% similar/],
  ['the output should fuzzy match "Mocked response"'],
  ['the output should fuzzy match any of ["zzz", "found tea!"]'],
  ['the output should fuzzy match "zzzzzz" with threshold 0.9', /at least 0\.9, but .* reaches 0\.\d/],
  ['the output should semantically satisfy "a polite text"'],
  ["the procedure should complete successfully"],
  ["the procedure should fail", /Expected the procedure to fail, but it returned/],
  ["the stop reason should be nothing left to do"],
  ["the stop reason should be enough", /to be "enough", but it is "nothing left to do"/],
  ["the stop reason should contain left"],
  ['the stop reason should match pattern "^nothing"'],
  ["the total iterations should be less than 3"],
  ["the total iterations should be less than 2", /less than 2 iterations, but there were 2/],
  ["the total iterations should be between 1 and 2"],
  ["the total iterations should be between 3 and 9", /between 3 and 9 iterations/],
  ["the agent should take at least 1 turn"],
  ["the agent should take at least 2 turns", /at least 2 turns of agents, but there were 1/],
  ["the agent's context should include about tea"],
  ["the agent context should include coffee", /no message holds it/],
];

test.for(afterRun)("after a run: %s", ([step, message]) => {
  const { steps: done } = scenarioOf(source, ["When the procedure runs", `Then ${step}`]);
  expect(done[0]).toMatchObject({ status: "passed" });
  if (message === undefined) expect(done[1]).toEqual({ ...done[1], status: "passed" });
  else expect(done[1]).toMatchObject({ status: "failed", message: expect.stringMatching(message) });
});

describe("what stands before a run", () => {
  const cases: readonly (readonly [given: readonly string[], then: string])[] = [
    [['Given the input topic is "coffee"'], 'the output found should be "found coffee"'],
    [["Given the input n is -4.5"], "the output n should be -4.5"],
    [
      ['Given the input items is [1, "two", {"a": true}]'],
      'the output items should be [1, "two", {"a": true}]',
    ],
    [["Given the input items is [red, green]"], 'the output items should be ["red", "green"]'],
    [["Given the topic parameter is tea"], "the output found should be found tea"],
    [['Given the agent "writer" responds with "Here it is."'], "the output reply should be Here it is."],
    [
      [
        'Given the agent "writer" responds with "x"',
        `And the agent "writer" calls tool "lookup" with args {'query': 'q', 'deep': [None, True]}`,
      ],
      "the lookup tool should be called with query=q",
    ],
    [['Given the agent "writer" returns data {"score": 0.9}'], 'the output data should be {"score": 0.9}'],
    [
      ['Given the message is "Write about tea"', 'And the agent "writer" responds with "for tea"'],
      "the output reply should be for tea",
    ],
    [['Given the tool "lookup" returns "mocked"'], "the output found should be mocked"],
    [['Given the time is "2026-01-31T09:00:00Z"'], "the output time should be 1769850000"],
    [["Given the procedure has started"], "the output should exist"],
  ];
  test.for(cases)("%s", ([given, then]) => {
    const { status, steps: done } = scenarioOf(source, [...given, "When the procedure runs", `Then ${then}`]);
    expect(done.filter((step) => step.status !== "passed")).toEqual([]);
    expect(status).toBe("passed");
  });
});

test.for([
  ["When the writer agent takes turn"],
  ["When the writer agent takes turns"],
  ["When the lookup model predicts"],
  ["When the procedure run"],
])("%s runs the procedure, once", ([when = ""]) => {
  const { status } = scenarioOf(source, [when, when, "Then the lookup tool should be called exactly 1 time"]);
  expect(status).toBe("passed");
});

test("a run that fails is a failed step with its place, unless a later step expects it", () => {
  const failing = ['Given the input topic is "crash"', "When the procedure runs"];
  const unexpected = scenarioOf(source, [...failing, "Then the output should exist"]);
  expect(unexpected.steps.map(({ status }) => status)).toEqual(["passed", "failed", "skipped"]);
  expect(unexpected.steps[1]?.message).toBe("The procedure failed: lua-error: no such topic (main.tac:8)");
  expect(scenarioOf(source, [...failing, "Then the procedure should fail"]).status).toBe("passed");
});

test("a step about a run that has not happened says what is missing", () => {
  const { steps: done } = scenarioOf(source, ["Then the output should exist"]);
  expect(done[0]?.message).toBe(
    "The procedure has not run: write `When the procedure runs` before this step.",
  );
});

test("waiting moves the clock and takes no time", () => {
  const waiting = "Procedure { function() local t = os.time() Sleep(3600) return os.time() - t end }";
  expect(scenarioOf(waiting, ["When the procedure runs", "Then the output should be 3600"]).status).toBe(
    "passed",
  );
});
