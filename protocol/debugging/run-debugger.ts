import type { Result } from "#common/result.ts";
import type { DebugAnswer, DebugCommandName, DebugParams } from "./commands.ts";
import type { DebugRefusalCode } from "./messages.ts";
import type { DebugNotice } from "./notices.ts";

/** Why a command was not done; the message is for people. */
export interface DebugRefusal {
  /** `params-invalid`: what was given is none of the command's; `run-ended`: nobody is there any more. */
  readonly code: DebugRefusalCode | "params-invalid" | "run-ended";
  readonly message: string;
}

/** A debugged run as a front end sees it. */
export interface RunDebugger {
  /** Commands before the run is there wait for it; they are done in the order in which they were given. */
  request<Name extends DebugCommandName>(
    name: Name,
    params: DebugParams<Name>,
  ): Promise<Result<DebugAnswer<Name>, DebugRefusal>>;
  /** Returns what ends the subscription. */
  onNotice(listener: (notice: DebugNotice) => void): () => void;
}
