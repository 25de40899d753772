import type { Entry } from "../entries.ts";

/**
 * What a parameter of a step stands for. The first ones are names that are declared elsewhere, so that they can be
 * completed, gone to and renamed; `value` is compared as text, number or boolean, `json` is a table in JSON.
 */
export type StepParameterKind =
  | "tool"
  | "agent"
  | "model"
  | "input"
  | "state"
  | "output"
  | "argument"
  | "value"
  | "text"
  | "list"
  | "json"
  | "regex"
  | "integer"
  | "number";

export interface StepParameter {
  readonly name: string;
  readonly kind: StepParameterKind;
  readonly doc: string;
}

/** A step that every specification has. */
export interface StepEntry extends Entry {
  /** What it is usually written behind; any keyword does. */
  readonly keyword: "Given" | "When" | "Then";
  /** `{name}` is a parameter, what stands in round brackets may be left out; the rest is matched whatever its case. */
  readonly pattern: string;
  readonly parameters: readonly StepParameter[];
  /** The step with everything filled in. */
  readonly example: string;
}
