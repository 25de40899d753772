/** What a test wants of the scripted server; given to it as JSON, its first argument. */
export interface ServerBehaviour {
  /** Ends with this code, and a word on standard error, before it greets. */
  readonly crashAtStart?: number;
  /** As `crashAtStart`, until it was started this often; the starts are counted in `journal`. */
  readonly crashUntilStart?: number;
  /** Greets only after so many milliseconds. */
  readonly slowStart?: number;
  /** Writes this to standard output before it greets. */
  readonly stray?: string;
  /** Writes so many bytes to standard error. */
  readonly errorBytes?: number;
  /** Does not end when its input ends, nor when it is asked to. */
  readonly deaf?: boolean;
  /** Tools beside its own, exactly as they stand in the list. */
  readonly tools?: readonly unknown[];
  /** A file that it appends a line to for each thing that happens to it. */
  readonly journal?: string;
}

/** Tools that the scripted server always has. */
export const scriptedTools = [
  "add",
  "ask",
  "crash",
  "environment",
  "fail",
  "grow",
  "huge",
  "mixed",
  "nothing",
  "reach",
  "slow",
  "structured",
  "throw",
] as const;
