import type { Connection } from "vscode-languageserver";
import { errorText } from "#common/error-text.ts";
import { bounded } from "#common/visible-text.ts";

/** Where failures of ours are written, for those who mend them. */
export type FailureLog = Pick<Connection, "console">;

/** Logs a failure with its stack; `aim` says what was to be done. */
export function logFailure({ console }: FailureLog, aim: string, error: unknown): void {
  const words = error instanceof Error ? (error.stack ?? error.message) : errorText(error);
  console.error(`${aim} failed: ${bounded(words)}`);
}

/** Does what nobody waits for: a failure is logged and ends nothing else. */
export function inBackground(log: FailureLog, aim: string, work: () => Promise<unknown>): void {
  work().catch((error: unknown) => logFailure(log, aim, error));
}
