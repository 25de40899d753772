import type { At } from "#protocol/events/events.ts";

/** Something the procedure did wrong or asked for in vain: a Lua error with a code. Catchable with `pcall`. */
export class ProcedureFailure extends Error {
  /** Kebab-case; docs/errors.md. */
  readonly code: string;
  /** The place, when it is not the line that runs (a declaration found wrong later). */
  readonly at: At | undefined;

  constructor(code: string, message: string, at?: At) {
    super(message);
    this.name = "ProcedureFailure";
    this.code = code;
    this.at = at;
  }
}

/** The code of anything that carries one (refusals, tool and agent failures, frames too large), or of what caused it. */
export function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error)) return undefined;
  if ("code" in thrown && typeof thrown.code === "string") return thrown.code;
  return codeOf(thrown.cause);
}
