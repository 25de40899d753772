import { exitCodes } from "#protocol/exit-codes.ts";

/** Wrong usage: ends the command with one clear line. An empty message means that everything was said already. */
export class UsageError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = exitCodes.usage) {
    super(message);
    this.name = "UsageError";
    this.exitCode = exitCode;
  }
}
