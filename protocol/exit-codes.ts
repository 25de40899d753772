/** The exit codes of the command line (the contract; stable). */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  isolationUnavailable: 3,
  limitHit: 4,
  waiting: 5,
  cancelled: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
