import { givenSteps } from "./steps/given.ts";
import { outputSteps } from "./steps/output.ts";
import { runSteps } from "./steps/run.ts";
import { stateSteps } from "./steps/state.ts";
import type { StepHandlers } from "./steps/step-handler.ts";
import { toolSteps } from "./steps/tool.ts";

/** What each step of the vocabulary does. */
export const stepHandlers: StepHandlers = {
  ...givenSteps,
  ...runSteps,
  ...toolSteps,
  ...stateSteps,
  ...outputSteps,
};
