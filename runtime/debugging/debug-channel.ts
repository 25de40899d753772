import type { DebugSaid } from "#protocol/debugging/messages.ts";
import type { DebugMessage } from "#protocol/wire/messages.ts";

/** The runtime's end of the way to whoever debugs the run. */
export interface DebugChannel {
  say(said: DebugSaid): void;
  /** A command that has come; never waits. */
  take(): DebugMessage | undefined;
  /** Blocks until a command comes; undefined when the run must end instead. */
  wait(): DebugMessage | undefined;
  /** Whether the time of the run stands from now on. */
  stand(standing: boolean): void;
  /** Called when commands come while the run waits for something. */
  onMail: (() => void) | undefined;
}
