import type { Result } from "#common/result.ts";
import type { RunEvent } from "#protocol/events/events.ts";
import type { RunServices } from "#runs/session/broker-services.ts";
import type { ReplayWatch } from "#runs/session/replay-run.ts";
import type { RunHandle, StartProblem } from "#runs/session/session.ts";
import type { LaunchArguments } from "./launch-arguments.ts";

/**
 * What is to run: a file from its beginning, or a new run that goes on from a checkpoint of one of the past, with the code
 * as it is now.
 */
export type DebugStart =
  | { readonly kind: "program"; readonly program: string; readonly launch: LaunchArguments }
  | {
      readonly kind: "fork";
      readonly run: string;
      readonly checkpoint: number;
      readonly launch: LaunchArguments;
    };

/** What the adapter brings to a run: who debugs it, and who answers its questions where nobody else does. */
export type DebugServices = Pick<RunServices, "humans" | "debugger">;

/** A run under way, and what happened in it before it went on. */
export interface DebuggedRun {
  readonly handle: RunHandle;
  readonly earlier: readonly RunEvent[];
}

/** A run that is made again out of its journal, up to one of its events. */
export interface ReplayStart {
  readonly workspaceRoot: string;
  readonly run: string;
  readonly to: number;
}

/** Who starts runs for the adapter: the command line, or an editor. */
export interface DebugHost {
  /** Makes a run again, calling nothing; resolves when it is over, for whatever reason. */
  replay(start: ReplayStart, watch: ReplayWatch): Promise<void>;
  /** Undefined when the person decided against it, or was told why not. */
  start(start: DebugStart, services: DebugServices): Promise<Result<DebuggedRun | undefined, StartProblem>>;
}
