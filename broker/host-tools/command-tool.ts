import type { JsonObject } from "#common/json.ts";

/** A host tool that trusted config declares: one program with fixed arguments, never a shell. */
export interface CommandTool {
  /** Program and its arguments, as they are started. */
  readonly command: readonly [string, ...string[]];
  /** JSON Schema of the arguments; the tool gets them as one JSON object on standard input. */
  readonly parameters?: JsonObject;
  /** Absolute folder. */
  readonly folder: string;
  /** Names of variables that are passed on; nothing else is in its environment. */
  readonly environment?: readonly string[];
  /** Default 60. */
  readonly timeoutSeconds?: number;
  /** Default 1 MiB. */
  readonly maximumOutputBytes?: number;
  /** Default 60. */
  readonly callsPerMinute?: number;
}
