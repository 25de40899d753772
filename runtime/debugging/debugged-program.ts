import type { JsonObject } from "#common/json.ts";
import type { InspectionListener, LuaInspector } from "#lua/inspection.ts";
import { openInspector } from "#lua/wasm/inspection/open-inspector.ts";
import type { RunContext } from "../declarations/run-context.ts";
import type { ObservedProgram } from "./program-observer.ts";
import { Previews } from "./value-preview.ts";

/** One Lua state of a debugged run. */
export interface DebuggedProgram {
  /** From 1, in the order of opening. */
  readonly number: number;
  readonly context: RunContext;
  readonly input: () => JsonObject;
  readonly inspector: LuaInspector;
  readonly previews: Previews;
}

/** Opens the state of a program to be looked into. */
export function debuggedProgram(
  number: number,
  { context, input }: ObservedProgram,
  listener: (program: () => DebuggedProgram) => InspectionListener,
): DebuggedProgram {
  const inspector = openInspector(
    context.vm.engine,
    listener(() => program),
  );
  const program: DebuggedProgram = {
    number,
    context,
    input,
    inspector,
    previews: new Previews(context, inspector),
  };
  return program;
}
