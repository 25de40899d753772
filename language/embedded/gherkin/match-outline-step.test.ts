import { expect, test } from "vitest";
import { stepsOf } from "./gherkin-document.ts";
import { matchPlacedStep, outlineNames } from "./match-outline-step.ts";
import { parseGherkin } from "./parse-gherkin.ts";

const text = `Feature: f
  Scenario Outline: o
    Given the input count is <count>
    Then the <tool> tool should be called with city=big <city>!
    Then the state <gone> should exist
    Then I see <tool>
    Examples:
      | count | tool | city |
      | 25    | done | Rome |
  Scenario: plain
    Then the output x should be <y>
`;

test("names of an outline are filled to find the step, and arguments are where they are written", () => {
  const custom = [{ pattern: "I see (\\w+)" }];
  const found = stepsOf(parseGherkin(text)).map((placed) => {
    const match = matchPlacedStep(placed, custom);
    return [
      match?.kind === "builtIn" ? match.step.name : match?.kind,
      ...(match?.arguments ?? []).map((argument) => {
        expect(placed.step.text.text.slice(argument.start, argument.end)).toBe(argument.text);
        return `${argument.kind} ${argument.text}${argument.isPlaceholder ? " (column)" : ""}`;
      }),
    ];
  });
  expect(found).toEqual([
    ["input-number", "input count", "number <count> (column)"],
    ["tool-called-with", "tool <tool> (column)", "argument city", "value big <city>! (column)"],
    ["state-exists", "state <gone> (column)"],
    ["custom", "text <tool> (column)"],
    ["output-field-equals", "output x", "value <y>"],
  ]);
});

test("names in a text", () => {
  expect(outlineNames("a <b> < c> <d e> <> x<f")).toEqual([
    { text: "b", start: 2, end: 5 },
    { text: "d e", start: 11, end: 16 },
  ]);
});
