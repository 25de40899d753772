import { describe, expect, test } from "vitest";
import { steps } from "#vocabulary/steps.ts";
import { matchStep, stepPatternProblem } from "./match-steps.ts";

/** `name kind=text` of each argument. */
function argumentsOf(text: string): string[] | undefined {
  return matchStep(text)?.arguments.map((each) => `${each.name} ${each.kind}=${each.text}`);
}

describe("built-in steps", () => {
  test.for(steps)("$name: its example is this step, and has every parameter", (step) => {
    const match = matchStep(step.example);
    expect(match).toMatchObject({ kind: "builtIn", step: { name: step.name } });
    expect(match?.arguments.map(({ name }) => name)).toEqual(step.parameters.map(({ name }) => name));
    for (const { start, end, text } of match?.arguments ?? [])
      expect(step.example.slice(start, end)).toBe(text);
    expect(step.doc).toMatch(/\.$/);
  });

  test.for([
    [
      "the done tool should be called at least 1 time",
      "tool-called-at-least",
      ["tool tool=done", "count integer=1"],
    ],
    ["THE done Tool should be called", "tool-called", ["tool tool=done"]],
    ["the procedure run", "procedure-runs", []],
    ["the writer agent takes turn", "agent-takes-turn", ["agent agent=writer"]],
    ["the agent context should include x", "agent-context", ["expected text=x"]],
    ["the state message should be complete", "state-equals", ["key state=message", "value value=complete"]],
    ['the state x should be similar to "y"', "state-similar", ["key state=x", "expected text=y"]],
    ["the output should be similar", "output-equals", ["value value=similar"]],
    [
      "the output completed should be True",
      "output-field-equals",
      ["field output=completed", "value value=True"],
    ],
    ['the output x should be "not y"', "output-field-equals", ["field output=x", 'value value="not y"']],
    ["the input count is -5.5", "input-number", ["input input=count", "number number=-5.5"]],
    ['the input name is "a "quoted" b"', "input-text", ["input input=name", 'text text=a "quoted" b']],
    ['the tool "my tool" returns {"a": 1}', "tool-returns", ["tool tool=my tool", 'value value={"a": 1}']],
    [
      "the search tool should be called with q=a=b",
      "tool-called-with",
      ["tool tool=search", "argument argument=q", "value value=a=b"],
    ],
    [
      'the agent "A" calls tool "done" with args {"r": "x"}',
      "agent-calls-tool",
      ["agent agent=A", "tool tool=done", 'arguments json={"r": "x"}'],
    ],
  ] as [string, string, string[]][])("%s", ([text, name, expected]) => {
    expect(matchStep(text)).toMatchObject({ step: { name } });
    expect(argumentsOf(text)).toEqual(expected);
  });

  test.for([
    "",
    "the done tool should be",
    "a done tool should be called",
    "the done tool should be called now",
    "the output should not be empty",
    "x".repeat(5_000),
  ])("no step: %s", (text) => {
    expect(matchStep(text)).toBeUndefined();
  });
});

describe("custom steps", () => {
  const custom = [
    { pattern: 'I classify "(.+)"', line: 3 },
    { pattern: "I classify (?P<what>\\w+)( twice)?", line: 9 },
    { pattern: "the done tool should be called", line: 12 },
    { pattern: "broken (", line: 15 },
    { pattern: "a generator", line: 16 },
    { pattern: "a generator with JSON", line: 18 },
  ];

  test.for([
    ['I classify "x"', 3, ["1=x"]],
    ["i classify x and more", 9, ["what=x"]],
    ["I classify x twice", 9, ["what=x", "2= twice"]],
    ["a generator with JSON", 18, []],
    ["a generator with anything else", 16, []],
  ] as [string, number, string[]][])("%s", ([text, line, expected]) => {
    const match = matchStep(text, custom);
    expect(match).toMatchObject({ kind: "custom", step: { line } });
    expect(match?.arguments.map((each) => `${each.name}=${each.text}`)).toEqual(expected);
    for (const { start, end, text: value } of match?.arguments ?? [])
      expect(text.slice(start, end)).toBe(value);
  });

  test("a built-in step goes before", () => {
    expect(matchStep("the done tool should be called", custom)?.kind).toBe("builtIn");
    expect(matchStep("broken (", custom)).toBeUndefined();
  });

  test.for([
    ["fine (.+)", undefined],
    ["broken (", { message: "This group has no closing `)`.", isUnsupported: false }],
    ["I have {int} apples", { start: 7, end: 12, isUnsupported: false }],
    ["a(?=b)", { isUnsupported: true }],
  ] as const)("what is wrong with %s", ([pattern, expected]) => {
    const problem = stepPatternProblem(pattern);
    if (expected === undefined) expect(problem).toBeUndefined();
    else expect(problem).toMatchObject(expected);
  });
});

test("a thousand steps against all patterns take a moment; any text is matched without a throw", () => {
  const words = [
    "the",
    "done",
    "tool",
    "should",
    "be",
    "called",
    "with",
    "output",
    "state",
    "x",
    '"',
    "=",
    "[",
    "5",
    "%",
    "é",
  ];
  let seed = 31;
  const texts = Array.from({ length: 2_000 }, () =>
    Array.from({ length: 8 }, () => {
      seed = (seed * 48271) % 2147483647;
      return words[seed % words.length];
    }).join(" "),
  );
  for (const text of texts) matchStep(text, [{ pattern: "the (.+) of (.+)" }, { pattern: "I see (.+)" }]);
});
