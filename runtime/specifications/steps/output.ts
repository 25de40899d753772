import type { Json } from "#common/json.ts";
import { judgeOutput } from "../../cases/judge.ts";
import { plainText } from "../../schema/plain-text.ts";
import { isValue, shown, textOf } from "../expected-value.ts";
import { LiteralError, parseLiteral } from "../literal.ts";
import type { ScenarioRun } from "../scenario-run.ts";
import { fuzzyMatch } from "../similarity.ts";
import type { StepArguments } from "../step-arguments.ts";
import { StepFailure } from "../step-failure.ts";
import { expectPattern, expectSimilar, usualSimilarity } from "./expect-text.ts";
import type { StepHandler, StepHandlers } from "./step-handler.ts";

const usualThreshold = 0.8;

const fieldExists: StepHandler = (scenario, args) => {
  const name = args.text("field");
  const value = scenario.outputField(name);
  if (value !== undefined && value !== null) return;
  throw new StepFailure(`Expected the output to have '${name}', but it is ${shown(scenario.output())}.`);
};

/** Steps about what the procedure returned. */
export const outputSteps: StepHandlers = {
  "output-exists": (scenario) => {
    if (scenario.output() === null)
      throw new StepFailure("Expected an output, but the procedure returned nothing.");
  },
  "output-equals": (scenario, args) => {
    const output = scenario.output();
    if (isValue(output, args.text("value"))) return;
    throw new StepFailure(`Expected the output to be ${args.text("value")}, but it is ${shown(output)}.`);
  },
  "output-fuzzy": (scenario, args) => expectFuzzy(scenario, args.text("expected"), usualThreshold),
  "output-fuzzy-threshold": (scenario, args) =>
    expectFuzzy(scenario, args.text("expected"), args.number("threshold")),
  "output-semantic": (scenario, args) => {
    const verdict = judgeOutput(scenario.run, {
      output: scenario.output(),
      rubric: textOf(args.text("expected")),
    });
    if (!verdict.passed) throw new StepFailure(`The output does not satisfy it: ${verdict.reason}`);
  },
  "output-field-equals": (scenario, args) => {
    const actual = scenario.outputField(args.text("field"));
    if (isValue(actual, args.text("value"))) return;
    throw new StepFailure(
      `Expected the output '${args.text("field")}' to be ${args.text("value")}, but it is ${shown(actual)}.`,
    );
  },
  "output-field-differs": (scenario, args) => {
    const actual = scenario.outputField(args.text("field"));
    if (!isValue(actual, args.text("value"))) return;
    throw new StepFailure(
      `Expected the output '${args.text("field")}' not to be ${args.text("value")}, but it is.`,
    );
  },
  "output-field-exists": fieldExists,
  "output-contains": fieldExists,
  "output-field-pattern": (scenario, args) =>
    expectPattern(named(args), scenario.outputField(args.text("field")), args.text("regex")),
  "output-field-similar": (scenario, args) => expectAlike(scenario, args, usualSimilarity),
  "output-field-similar-percent": (scenario, args) => expectAlike(scenario, args, args.number("percent")),
};

function named(args: StepArguments): string {
  return `the output '${args.text("field")}'`;
}

function expectAlike(scenario: ScenarioRun, args: StepArguments, percent: number): void {
  const actual = scenario.outputField(args.text("field"));
  expectSimilar(named(args), actual, args.text("expected"), percent);
}

/** The best of the expected texts counts. */
function expectFuzzy(scenario: ScenarioRun, expected: string, threshold: number): void {
  const output = scenario.output();
  const best = Math.max(...expectedTexts(expected).map((text) => fuzzyMatch(plainText(output), text)));
  if (best >= threshold) return;
  throw new StepFailure(
    `Expected the output to fuzzy match ${expected} with at least ${threshold}, but ${shown(output)} reaches ${best.toFixed(2)}.`,
  );
}

/** `"one text"` or `any of ["one", "another"]`. */
function expectedTexts(expected: string): readonly string[] {
  const [, list] = /^any of\s+(\[.*\])$/is.exec(expected.trim()) ?? [];
  if (list === undefined) return [textOf(expected)];
  const items = listed(list);
  if (items.length === 0) throw new StepFailure(`${expected} names no text to match.`);
  return items.map((item) => plainText(item));
}

function listed(text: string): readonly Json[] {
  try {
    const value = parseLiteral(text);
    return Array.isArray(value) ? value : [value];
  } catch (thrown) {
    if (!(thrown instanceof LiteralError)) throw thrown;
    throw new StepFailure(`${text} can't be read: ${thrown.message}.`);
  }
}
