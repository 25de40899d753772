import type { Json } from "#common/json.ts";
import { readsAs, shown } from "../expected-value.ts";
import type { ScenarioRun } from "../scenario-run.ts";
import type { StepArguments } from "../step-arguments.ts";
import { StepFailure } from "../step-failure.ts";
import { expectPattern, expectSimilar, usualSimilarity } from "./expect-text.ts";
import type { StepHandler, StepHandlers } from "./step-handler.ts";

const exists: StepHandler = (scenario, args) => {
  if (stateValue(scenario, args) !== undefined) return;
  const keys = Object.keys(scenario.state());
  throw new StepFailure(
    `Expected the state to have '${args.text("key")}', but it has ${keys.length === 0 ? "no keys" : keys.join(", ")}.`,
  );
};

/** Steps about the state after the run. */
export const stateSteps: StepHandlers = {
  "state-equals": (scenario, args) => {
    const actual = stateValue(scenario, args);
    if (readsAs(actual, args.text("value"))) return;
    throw new StepFailure(
      `Expected the state '${args.text("key")}' to be ${args.text("value")}, but it is ${shown(actual)}.`,
    );
  },
  "state-exists": exists,
  "state-contains": exists,
  "state-pattern": (scenario, args) =>
    expectPattern(`the state '${args.text("key")}'`, stateValue(scenario, args), args.text("regex")),
  "state-similar": (scenario, args) => expectAlike(scenario, args, usualSimilarity),
  "state-similar-percent": (scenario, args) => expectAlike(scenario, args, args.number("percent")),
};

function expectAlike(scenario: ScenarioRun, args: StepArguments, percent: number): void {
  const what = `the state '${args.text("key")}'`;
  expectSimilar(what, stateValue(scenario, args), args.text("expected"), percent);
}

function stateValue(scenario: ScenarioRun, args: StepArguments): Json | undefined {
  const key = args.text("key");
  const state = scenario.state();
  return Object.hasOwn(state, key) ? state[key] : undefined;
}
