import type { JsonObject } from "#common/json.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { RunObserver } from "./run-observer.ts";

/** A file that runs, in a Lua state of its own. */
export interface ObservedProgram {
  readonly context: RunContext;
  /** Input of the run, once it is known. */
  readonly input: () => JsonObject;
}

/** Whoever debugs a run, from its first file on. */
export interface ProgramObserver extends RunObserver {
  /** Before anything of it runs. */
  programOpened(program: ObservedProgram): void;
}
