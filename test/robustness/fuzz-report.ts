import type { Failure, FuzzReport } from "./fuzz-server.ts";

/** What a memory of the server may be after a garbage collection, in bytes. */
export const memoryBounds = {
  /** Whole process; V8 gives back what it once took only slowly. */
  rss: 500 * 1024 * 1024,
  /** Living objects. */
  heapUsed: 120 * 1024 * 1024,
  /** Growth of the living objects from the first inputs to the last: what is kept of closed and changed texts. */
  growth: 24 * 1024 * 1024,
} as const;

/** The failures and broken bounds of a run as lines; empty for a good one. */
export function faultsOf({ failures, memory: { early, late }, exitCode }: FuzzReport): string[] {
  return [
    ...failures.map(lineOf),
    ...[
      late.rss > memoryBounds.rss && `the server holds ${megabytes(late.rss)}`,
      late.heapUsed > memoryBounds.heapUsed && `${megabytes(late.heapUsed)} of objects live`,
      late.heapUsed - early.heapUsed > memoryBounds.growth &&
        `living objects grew from ${megabytes(early.heapUsed)} to ${megabytes(late.heapUsed)}`,
      exitCode !== 0 && `the server ended with ${exitCode}`,
    ].filter((fault) => fault !== false),
  ];
}

/** One line about how a run went. */
export function summaryOf(
  { memory: { early, late }, seconds }: FuzzReport,
  inputs: number,
  seed: number,
): string {
  const memory = `${megabytes(late.rss)} resident, ${megabytes(late.heapUsed)} of living objects (${megabytes(early.heapUsed)} early on)`;
  return `${inputs} inputs of seed ${seed} in ${seconds} s; ${memory}`;
}

function lineOf({ index, times, method, detail, savedTo }: Failure): string {
  return `input ${index} (${times} in all): ${method}: ${detail.slice(0, 600)} (${savedTo})`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
