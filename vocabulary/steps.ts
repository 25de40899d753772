import type { Entry } from "./entries.ts";
import { givenSteps } from "./steps/given.ts";
import { outputSteps } from "./steps/output.ts";
import { runSteps } from "./steps/run.ts";
import { stateSteps } from "./steps/state.ts";
import type { StepEntry } from "./steps/step-entry.ts";
import { toolSteps } from "./steps/tool.ts";

/** Every built-in step. Where several fit a text, the one with the most fixed text is meant. */
export const steps: readonly StepEntry[] = [
  ...givenSteps,
  ...runSteps,
  ...toolSteps,
  ...stateSteps,
  ...outputSteps,
];

/** A keyword that begins a line of a specification. */
interface GherkinKeyword extends Entry {
  /** A colon follows it. */
  readonly isTitle: boolean;
}

/** Gherkin in English; a first line `# language: de` chooses another language. */
export const gherkinKeywords: readonly GherkinKeyword[] = [
  { name: "Feature", isTitle: true, doc: "What is specified. A specification has one." },
  { name: "Background", isTitle: true, doc: "Steps before each scenario that follows." },
  { name: "Rule", isTitle: true, doc: "Scenarios that belong together." },
  { name: "Scenario", isTitle: true, doc: "One example of what should happen." },
  { name: "Scenario Outline", isTitle: true, doc: "A scenario that is run for each row of its examples." },
  { name: "Examples", isTitle: true, doc: "A table; each row fills the <names> of the outline." },
  { name: "Given", isTitle: false, doc: "What is so before the run." },
  { name: "When", isTitle: false, doc: "What happens." },
  { name: "Then", isTitle: false, doc: "What has to be true afterwards." },
  { name: "And", isTitle: false, doc: "Another step of the same kind." },
  { name: "But", isTitle: false, doc: "Another step of the same kind, as an exception." },
];
