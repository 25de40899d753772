import type { ScenarioRun } from "../scenario-run.ts";
import type { StepArguments } from "../step-arguments.ts";

/** Does what a built-in step says. Throws StepFailure when what it expects is not so. */
export type StepHandler = (scenario: ScenarioRun, args: StepArguments) => void;

/** Handlers by the names of the steps in the vocabulary. */
export type StepHandlers = Readonly<Record<string, StepHandler>>;
