import type { Json, JsonObject } from "#common/json.ts";
import type { ValueShapes } from "./value-shape.ts";

/** Everything that a `Model {…}` declares, checked and normalised. */
export interface ModelDefinition {
  readonly name: string;
  readonly backend: ModelBackend;
  readonly input?: ValueShapes;
  readonly output?: ValueShapes;
}

/** What answers. */
export type ModelBackend =
  | LanguageModelBackend
  | HttpBackend
  | NaiveBayesBackend
  | { readonly kind: "mock"; readonly value: Json }
  | {
      readonly kind: "ensemble";
      readonly members: readonly ModelBackend[];
      readonly strategy: "vote" | "average";
    }
  | {
      readonly kind: "ab_test";
      readonly arms: readonly ModelBackend[];
      readonly weights: readonly number[];
      readonly seed?: number;
    };

/** A language model, asked afresh for each prediction; the fields are those of an agent. */
export interface LanguageModelBackend {
  readonly kind: "llm";
  readonly fields: JsonObject;
}

/** An address outside: the host tool of the model's name sends the input there. */
export interface HttpBackend {
  readonly kind: "http";
  /** What the procedure says of it; where it is in truth, only trusted config says. */
  readonly endpoint?: string;
  readonly costPerCall?: number;
}

/** A text classifier that was trained before, or is trained from examples that stand in the file. */
export type NaiveBayesBackend =
  | { readonly kind: "naive_bayes"; readonly source: "file"; readonly path: string }
  | {
      readonly kind: "naive_bayes";
      readonly source: "registry";
      readonly directory: string;
      readonly name: string;
      readonly version: string;
      readonly fallback?: ModelBackend;
    }
  | {
      readonly kind: "naive_bayes";
      readonly source: "examples";
      readonly examples: readonly LabelledText[];
      readonly alpha: number;
    };

export interface LabelledText {
  readonly text: string;
  readonly label: string;
}

/** What a prediction gives. */
export interface Prediction {
  readonly output: Json;
  readonly backend: ModelBackend["kind"];
  readonly version?: string;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** US dollars. */
  readonly cost: number;
  readonly computeMs: number;
  /** Answers of the members of an ensemble, the arm of a test. */
  readonly metadata: JsonObject;
}
