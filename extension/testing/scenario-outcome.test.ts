import { expect, test } from "vitest";
import type { TestedScenario } from "#protocol/reports/test-report.ts";
import { type ScenarioOutcome, scenarioOutcomes } from "./scenario-outcome.ts";

const usual: TestedScenario = {
  name: "pays",
  status: "passed",
  line: 4,
  tags: [],
  steps: [{ text: "When the procedure runs", line: 5, status: "passed" }],
  durationMs: 12,
  runs: 1,
  successRate: 1,
  usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
};
const failedStep = {
  text: "Then x",
  line: 6,
  status: "failed",
  message: "Expected 1, but it is 2.",
} as const;

function outcomesOf(...scenarios: ReadonlyArray<Partial<TestedScenario>>): ScenarioOutcome[] {
  return scenarioOutcomes({ file: "a.tac", scenarios: scenarios.map((one) => ({ ...usual, ...one })) });
}

test.for<[what: string, scenario: Partial<TestedScenario>, outcome: Partial<ScenarioOutcome>]>([
  ["passed", {}, { id: "pays", name: "pays", line: 4, status: "passed", durationMs: 12 }],
  ["skipped", { status: "skipped" }, { status: "skipped" }],
  [
    "a step failed: its message at its line",
    { status: "failed", steps: [...usual.steps, failedStep] },
    { status: "failed", problem: { text: "Then x\nExpected 1, but it is 2.", line: 6 } },
  ],
  [
    "a step that is undefined, without a suggestion",
    { status: "undefined", steps: [{ text: "Then y", line: 7, status: "undefined" }] },
    { status: "failed", problem: { text: "Then y\nNo step has this text.", line: 7 } },
  ],
  [
    "no step failed, but something ended it",
    { status: "failed", error: { code: "sandbox-lost", message: "It is gone.", line: 2 } },
    { status: "failed", problem: { text: "sandbox-lost: It is gone.", line: 2 } },
  ],
  [
    "without steps",
    { status: "undefined", steps: [] },
    { status: "failed", problem: { text: "It has no steps.", line: 4 } },
  ],
  [
    "from a file beside: no line of the procedure is marked",
    { status: "failed", file: "a.feature", steps: [failedStep] },
    {
      line: undefined,
      status: "failed",
      problem: { text: "Then x (a.feature:6)\nExpected 1, but it is 2.", line: undefined },
    },
  ],
])("%s", ([, scenario, outcome]) => {
  expect(outcomesOf(scenario)).toMatchObject([outcome]);
});

test("scenarios of the same name have rows of their own", () => {
  expect(outcomesOf({}, { name: "other" }, {}).map(({ id, name }) => [id, name])).toEqual([
    ["pays", "pays"],
    ["other", "other"],
    ["pays (2)", "pays"],
  ]);
});
