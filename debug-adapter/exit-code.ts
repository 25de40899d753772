import type { RunEventOf } from "#protocol/events/events.ts";
import { type ExitCode, exitCodes } from "#protocol/exit-codes.ts";

/** The exit code of a run, as `run` has it. */
export function exitCodeOf({ status, error }: RunEventOf<"run.finished">): ExitCode {
  if (status === "completed") return exitCodes.done;
  if (status === "cancelled") return exitCodes.cancelled;
  if (status === "waiting") return exitCodes.waiting;
  return status === "timed_out" || error?.code.startsWith("limit-") ? exitCodes.limitHit : exitCodes.failed;
}
