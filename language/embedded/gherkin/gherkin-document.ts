import type { Span } from "#language/syntax/tree.ts";

/** A specification. Spans are UTF-16 offsets in its text; problems don't take away what stands beside them. */
export interface GherkinDocument {
  /** Undefined only for a text without any Gherkin. One is made up when scenarios stand without `Feature:`. */
  readonly feature?: GherkinFeature;
  readonly comments: readonly GherkinWord[];
  readonly problems: readonly GherkinProblem[];
}

/** What the parser did not understand, in plain words. */
export interface GherkinProblem extends Span {
  readonly message: string;
  /** A text that replaces the span and mends it. */
  readonly replacement?: string;
  /** Gherkin allows it, but it was hardly meant. */
  readonly isGuess?: boolean;
}

/** A piece of the text; it may be empty. */
export interface GherkinWord extends Span {
  readonly text: string;
}

/** What begins with a keyword, a colon and a name. The span reaches from the first tag to the last line of its content. */
interface GherkinTitled extends Span {
  /** Without the colon. */
  readonly keyword: GherkinWord;
  readonly name: GherkinWord;
  /** The lines below the name; empty when there are none. */
  readonly description: GherkinWord;
}

export interface GherkinFeature extends GherkinTitled {
  readonly kind: "feature";
  /** Of the keywords: `en`, `de`. */
  readonly language: string;
  readonly tags: readonly GherkinWord[];
  readonly background?: GherkinBackground;
  /** Those outside of rules. */
  readonly scenarios: readonly GherkinScenario[];
  readonly rules: readonly GherkinRule[];
}

export interface GherkinRule extends GherkinTitled {
  readonly kind: "rule";
  readonly tags: readonly GherkinWord[];
  readonly background?: GherkinBackground;
  readonly scenarios: readonly GherkinScenario[];
}

export interface GherkinBackground extends GherkinTitled {
  readonly kind: "background";
  readonly steps: readonly GherkinStep[];
}

/** A scenario; one with examples is an outline, and is run for each of their rows. */
export interface GherkinScenario extends GherkinTitled {
  readonly kind: "scenario";
  readonly tags: readonly GherkinWord[];
  readonly steps: readonly GherkinStep[];
  readonly examples: readonly GherkinExamples[];
}

export interface GherkinStep extends Span {
  readonly kind: "step";
  /** `Given`, `*`; without the blank behind it. */
  readonly keyword: GherkinWord;
  /** What `And` and `But` go on with is that of the step before. */
  readonly role: "given" | "when" | "then" | "and" | "any";
  readonly text: GherkinWord;
  readonly table?: GherkinTable;
  readonly docString?: GherkinDocString;
}

export interface GherkinTable extends Span {
  readonly rows: readonly GherkinRow[];
}

/** The cells of one line; their texts are free of escapes, their spans are what is written. */
export interface GherkinRow extends Span {
  readonly cells: readonly GherkinWord[];
}

/** A text between lines of `"""` or of three backticks. */
export interface GherkinDocString extends Span {
  readonly text: string;
  readonly mediaType?: string;
}

export interface GherkinExamples extends GherkinTitled {
  readonly kind: "examples";
  readonly tags: readonly GherkinWord[];
  /** The names of the columns. */
  readonly header?: GherkinRow;
  readonly rows: readonly GherkinRow[];
}

/** All scenarios, those in rules included, in their order. */
export function scenariosOf({ feature }: GherkinDocument): readonly GherkinScenario[] {
  return feature ? [...feature.scenarios, ...feature.rules.flatMap((rule) => rule.scenarios)] : [];
}

/** A step, and the scenario that it belongs to; those of a background have none. */
export interface PlacedStep {
  readonly step: GherkinStep;
  readonly scenario?: GherkinScenario;
}

/** All steps, those of backgrounds included, in their order. */
export function stepsOf({ feature }: GherkinDocument): readonly PlacedStep[] {
  return feature ? [feature, ...feature.rules].flatMap(stepsOfContainer) : [];
}

function stepsOfContainer({ background, scenarios }: GherkinFeature | GherkinRule): PlacedStep[] {
  const before = (background?.steps ?? []).map((step) => ({ step }));
  return [...before, ...scenarios.flatMap((scenario) => scenario.steps.map((step) => ({ step, scenario })))];
}
