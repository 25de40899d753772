import { commonParameters } from "./parameters.ts";
import type { StepEntry } from "./step-entry.ts";

const { expected, percent, regex, state, value } = commonParameters;

/** Steps about the state after the run. */
export const stateSteps: readonly StepEntry[] = [
  {
    name: "state-equals",
    keyword: "Then",
    pattern: "the state {key} should be {value}",
    doc: "The state holds this value under the key.",
    parameters: [state, value],
    example: "the state counter should be 3",
  },
  {
    name: "state-exists",
    keyword: "Then",
    pattern: "the state {key} should exist",
    doc: "The state has the key.",
    parameters: [state],
    example: "the state counter should exist",
  },
  {
    name: "state-contains",
    keyword: "Then",
    pattern: "the state should contain {key}",
    doc: "The state has the key.",
    parameters: [state],
    example: "the state should contain counter",
  },
  {
    name: "state-pattern",
    keyword: "Then",
    pattern: 'the state {key} should match pattern "{regex}"',
    doc: "The regular expression is found in the value under the key.",
    parameters: [state, regex],
    example: 'the state answer should match pattern "^yes"',
  },
  {
    name: "state-similar",
    keyword: "Then",
    pattern: 'the state {key} should be similar to "{expected}"',
    doc: "The value under the key is at least 80% similar to the text.",
    parameters: [state, expected],
    example: 'the state answer should be similar to "a short summary"',
  },
  {
    name: "state-similar-percent",
    keyword: "Then",
    pattern: 'the state {key} should be similar to "{expected}" with {percent}% similarity',
    doc: "The value under the key is at least that similar to the text.",
    parameters: [state, expected, percent],
    example: 'the state answer should be similar to "a short summary" with 60% similarity',
  },
];
