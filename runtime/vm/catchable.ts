import { LuaError } from "#lua/engine.ts";

/** True for an error that the procedure's own code may catch; a stop and a used-up budget are not. */
export function isCatchable(thrown: unknown): thrown is LuaError {
  return thrown instanceof LuaError && thrown.kind !== "aborted" && thrown.kind !== "instructions";
}
