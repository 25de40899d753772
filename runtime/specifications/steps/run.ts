import { plainText } from "../../schema/plain-text.ts";
import { shown, textOf } from "../expected-value.ts";
import { searches } from "../pattern.ts";
import { failureText, type ScenarioRun } from "../scenario-run.ts";
import { StepFailure } from "../step-failure.ts";
import type { StepHandler, StepHandlers } from "./step-handler.ts";

/** Runs the procedure; that it fails is seen by the steps that follow. */
const runs: StepHandler = ({ run }) => {
  run.run();
};

/** Steps that run the procedure, and about how the run went. */
export const runSteps: StepHandlers = {
  "procedure-started": () => {},
  "procedure-runs": runs,
  "agent-takes-turn": runs,
  "model-predicts": runs,
  "procedure-completes": (scenario) => {
    const failure = scenario.failure();
    if (failure)
      throw new StepFailure(`Expected the procedure to complete, but it failed: ${failureText(failure)}`);
  },
  "procedure-fails": (scenario) => {
    if (!scenario.failure()) {
      throw new StepFailure(`Expected the procedure to fail, but it returned ${shown(scenario.output())}.`);
    }
  },
  "stop-reason-equals": (scenario, args) => {
    const expected = textOf(args.text("expected"));
    expectReason(scenario, `to be "${expected}"`, (reason) => reason === expected);
  },
  "stop-reason-contains": (scenario, args) => {
    const expected = textOf(args.text("expected"));
    expectReason(scenario, `to contain "${expected}"`, (reason) => reason.includes(expected));
  },
  "stop-reason-pattern": (scenario, args) => {
    const regex = args.text("regex");
    expectReason(scenario, `to match "${regex}"`, (reason) => searches(regex, reason));
  },
  "iterations-below": (scenario, args) => {
    const most = args.number("count");
    expectIterations(scenario, `less than ${most}`, (count) => count < most);
  },
  "iterations-between": (scenario, args) => {
    const [least, most] = [args.number("least"), args.number("most")];
    expectIterations(scenario, `between ${least} and ${most}`, (count) => count >= least && count <= most);
  },
  "agent-turns": ({ trace }, args) => {
    const least = args.number("count");
    const turns = trace.turns();
    if (turns < least)
      throw new StepFailure(`Expected at least ${least} turns of agents, but there were ${turns}.`);
  },
  "agent-context": (scenario, args) => {
    const expected = textOf(args.text("expected"));
    if (sentTexts(scenario).some((text) => text.includes(expected))) return;
    throw new StepFailure(`Expected the agents to be sent "${expected}", but no message holds it.`);
  },
};

function expectReason(scenario: ScenarioRun, expected: string, holds: (reason: string) => boolean): void {
  const { reason } = scenario.run.program.context.stop;
  if (reason !== undefined && holds(reason)) return;
  const actual = reason === undefined ? "no stop was requested" : `it is "${reason}"`;
  throw new StepFailure(`Expected the stop reason ${expected}, but ${actual}.`);
}

function expectIterations(scenario: ScenarioRun, expected: string, holds: (count: number) => boolean): void {
  const { current } = scenario.run.program.context.iterations;
  if (!holds(current)) throw new StepFailure(`Expected ${expected} iterations, but there were ${current}.`);
}

/** What agents were sent, and what stands in their histories (of mocked ones nothing is sent). */
function sentTexts({ run, trace }: ScenarioRun): readonly string[] {
  const messages = [...trace.sent, ...run.program.context.agents.histories()];
  return messages.map((message) => (message.role === "tool" ? plainText(message.result) : message.text));
}
