import type { DebugRefusalCode } from "#protocol/debugging/messages.ts";

/** A command of the debugger that is not done; the message is for people. */
export class DebugRefusal extends Error {
  readonly code: DebugRefusalCode;

  constructor(code: DebugRefusalCode, message: string) {
    super(message);
    this.name = "DebugRefusal";
    this.code = code;
  }
}
