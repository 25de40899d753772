import type { LuaFunction } from "#lua/engine.ts";
import type { RunContext } from "../declarations/run-context.ts";

/** `Classify {…}`: the function of that name in the standard library, which is loaded when it is first called. */
export function classifyPrimitive({ vm }: RunContext): LuaFunction {
  const source = 'return require("tactus.text.classify").Classify(...)';
  return vm.engine.load(source, "=tactus/Classify").retain();
}
