import { errorText } from "#common/error-text.ts";
import type { IsolationUnavailable } from "../isolation.ts";

/** The HTTP status with which the engine refused; undefined for anything else that was thrown. */
export function engineStatus(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !("statusCode" in thrown)) return undefined;
  return typeof thrown.statusCode === "number" ? thrown.statusCode : undefined;
}

/** Lets an expected refusal of the engine pass (an object that is already gone, say) and throws everything else. */
export function ignoreStatus(...expected: readonly number[]): (thrown: unknown) => undefined {
  return (thrown) => {
    if (!expected.includes(engineStatus(thrown) ?? 0)) throw thrown;
    return undefined;
  };
}

/** What the engine said when a container could not be started. */
export function startFailed(thrown: unknown): IsolationUnavailable {
  return {
    code: "start-failed",
    message: `The container could not be started: ${errorText(thrown)}`,
    remedy:
      "`sandbox doctor` shows what the engine offers; an old engine or a missing `docker-init` are the usual causes.",
  };
}
