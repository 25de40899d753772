/** Codes of what can go wrong with a request to a model; listed in docs/errors.md. */
export type ModelFailureCode =
  | "model-failed"
  | "model-stalled"
  | "model-timeout"
  | "model-key-missing"
  | "model-key-rejected"
  | "web-search-unavailable"
  | "cancelled";

/**
 * A request to a model failed in a way that is understood. The message completes the sentence
 * "<provider> (<model>): …" and says what to do.
 */
export class ModelFailure extends Error {
  readonly code: ModelFailureCode;
  /** Whether the same request may succeed when it is sent again at once (a connection that was cut). */
  readonly transient: boolean;

  constructor(code: ModelFailureCode, message: string, options: { transient?: boolean } = {}) {
    super(message);
    this.name = "ModelFailure";
    this.code = code;
    this.transient = options.transient ?? false;
  }
}

/** The failure that an error is or carries as its cause, through the layers that wrap it. */
export function modelFailureIn(error: unknown): ModelFailure | undefined {
  for (
    let current = error, depth = 0;
    current instanceof Error && depth < 5;
    current = current.cause, depth++
  ) {
    if (current instanceof ModelFailure) return current;
  }
  return undefined;
}
