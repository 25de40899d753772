import type { Json, JsonObject } from "#common/json.ts";
import type { Result } from "#common/result.ts";

/** What a tool takes, for whoever offers it to a model. */
export interface ToolDescription {
  readonly description: string;
  /** JSON Schema of its arguments. */
  readonly parameters: JsonObject;
}

/** What a call gets beside its arguments. */
interface ActionContext {
  /** Aborted when nobody waits any more: the run was cancelled, or the call took too long. */
  readonly signal: AbortSignal;
  /** The same for a repetition of the same call, so that its effect need not happen twice. */
  readonly idempotencyKey: string | undefined;
}

/** A call that is ready: every argument is in its place and was looked at. */
export interface PreparedCall {
  /** Exactly what will happen, for the person who is asked; no secret in it. */
  readonly shown: JsonObject;
  /** Does it. A failure is the end of the sentence "Host tool 'x' …". */
  run(context: ActionContext): Promise<Result<Json, string>>;
}

/** What a host tool does, without its limits and its approval. */
export interface HostAction {
  /** What it says of itself; undefined when only its declaration describes it. */
  describe?(signal: AbortSignal): Promise<Result<ToolDescription, string>>;
  /** Puts checked arguments in their places; a failure as in `run`. */
  prepare(parameters: JsonObject): Result<PreparedCall, string>;
}
