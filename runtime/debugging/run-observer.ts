import type { JsonObject } from "#common/json.ts";
import type { LuaFunction, LuaValue } from "#lua/engine.ts";
import type { ExceptionFilter } from "#protocol/debugging/breakpoints.ts";
import type { ToolCallStart } from "../recording/tool-call-log.ts";

/** A failure that the runtime knows of; errors of Lua are seen where they are raised. */
export type KnownFailure = Exclude<ExceptionFilter, "all" | "uncaught">;

/** Where a debugger may stop a run beside its lines. There is none where nobody debugs. */
export interface RunObserver {
  /** The file that was opened last has ended. */
  programClosed(): void;
  fileLoaded(file: string, chunk: LuaFunction): void;
  /** Gives the arguments to call it with, when they were changed. */
  beforeTool(call: ToolCallStart): JsonObject | undefined;
  afterTool(call: ToolCallStart): void;
  beforeTurn(agent: string): void;
  beforeProcedure(name: string): void;
  /** Throws where a step can't be made: an expression of the debugger must not become a part of the journal. */
  beforeCheckpoint(step: {
    readonly index: number;
    readonly kind: string;
    readonly name?: string | undefined;
  }): void;
  /** As `beforeCheckpoint`. */
  beforeRequest(method: string): void;
  /** `set` sets the value. */
  onState(
    key: string,
    values: { readonly before: LuaValue; readonly after: LuaValue },
    set: () => void,
  ): void;
  failed(
    filter: KnownFailure,
    failure: { readonly code?: string | undefined; readonly message: string },
  ): void;
}
