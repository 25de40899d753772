/** A turn that ended without a result, or an agent that can't be set up. Catchable in the procedure. */
export class AgentFailure extends Error {
  /** Kebab-case: `model-failed`, `output-invalid`, `declaration-invalid`, … or the code of a refusal. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AgentFailure";
    this.code = code;
  }
}
