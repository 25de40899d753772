import type {
  EvaluatedDeclarations,
  EvaluationRequest,
} from "#language/declarations/evaluated-declarations.ts";

/** Evaluates files away from the thread that asks, one at a time, each with a deadline and bounded memory. */
export interface DeclarationEvaluator {
  /**
   * Whatever the file does, there is an answer: a file that misbehaves has a `problem`. Rejects with an `AbortError`
   * when the signal aborts, when a newer request of the same slot takes its place, and after the end of the evaluator.
   */
  evaluate(request: EvaluationRequest, signal?: AbortSignal): Promise<EvaluatedDeclarations>;
  /** Ends the worker; what waits is rejected. */
  dispose(): void;
}
