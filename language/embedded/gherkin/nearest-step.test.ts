import { expect, test } from "vitest";
import { steps } from "#vocabulary/steps.ts";
import { matchStep } from "./match-steps.ts";
import { nearestStep } from "./nearest-step.ts";

test.for([
  ["the done tool should been called", "the done tool should be called", true],
  ["the done tool shoud be caled", "the done tool should be called", true],
  ["done tool should be called", "the done tool should be called", true],
  ["the done tool should be called 2 times", "the done tool should be called exactly 2 times", true],
  ["the procedure completes successfully", "the procedure should complete successfully", true],
  ["the procedure should completes", "the procedure should complete successfully", true],
  ["procedure runs", "the procedure runs", true],
  ["the outputs summary should exists", "the output summary should exist", true],
  ['agent "writer" responds "Hi there"', 'the agent "writer" responds with "Hi there"', true],
  [
    'the agent "writer" call tool "done" with args {"a": 1}',
    'the agent "writer" calls tool "done" with args {"a": 1}',
    true,
  ],
  ['the message "Hello"', 'the message is "Hello"', true],
  ["the total iterations should be less than", "the total iterations should be less than <count>", false],
] as const)("%s means %s", ([text, expected, isComplete]) => {
  expect(matchStep(text)).toBeUndefined();
  expect(nearestStep(text)).toEqual({ text: expected, isComplete });
});

test.for(["I am hungry", "", "something else entirely is written in this line", "x", "the"])(
  "%s means nothing",
  (text) => {
    expect(nearestStep(text)).toBeUndefined();
  },
);

test("custom steps count too", () => {
  const custom = [{ pattern: 'I classify "(.+)" as (\\w+)' }];
  expect(nearestStep('I clasify "good day" as nice', custom)).toEqual({
    text: 'I classify "good day" as nice',
    isComplete: true,
  });
});

test("a step with one wrong letter is found again", () => {
  for (const { example, name } of steps) {
    const broken = example.replace("should", "shuold").replace(/^the /, "teh ");
    if (matchStep(broken)) continue;
    expect(matchStep(nearestStep(broken)?.text ?? ""), broken).toMatchObject({ step: { name } });
  }
});

test("any text is compared without a throw, and in a moment", () => {
  const pieces = [
    "the",
    "done",
    "tool",
    '"',
    "output",
    "should",
    "é",
    "[",
    "5%",
    "be",
    "called",
    "(",
    '"a b"',
  ];
  let seed = 41;
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 8 }, () => {
      seed = (seed * 48271) % 2147483647;
      return pieces[seed % pieces.length];
    }).join(" ");
    nearestStep(text, [{ pattern: text }]);
  }
  expect(nearestStep("word ".repeat(100_000))).toBeUndefined();
});
