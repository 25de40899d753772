import type {
  EvaluatedDeclarations,
  EvaluationRequest,
} from "#language/declarations/evaluated-declarations.ts";

/** What a worker is told to do. */
export interface EvaluationOrder {
  readonly id: number;
  readonly request: EvaluationRequest;
  /** After so many milliseconds the worker ends the evaluation itself, and keeps what was declared. */
  readonly milliseconds: number;
}

/** What a worker says. */
export type WorkerReport =
  | { readonly kind: "ready" }
  | { readonly kind: "evaluated"; readonly id: number; readonly evaluated: EvaluatedDeclarations };
