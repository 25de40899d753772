/** One situation that servers are measured in. */
export interface Scenario {
  readonly name: string;
  /** Lines of the one file, or how many files of 100 lines. */
  readonly lines?: number;
  readonly files?: number;
  /** Sessions with each server; each is a fresh process in a fresh folder. */
  readonly rounds: number;
  /** Further sessions that end after the first diagnostics. */
  readonly coldStarts: number;
  /** Samples of each figure in a session. */
  readonly repeats: number;
}

export const scenarios: readonly Scenario[] = [
  { name: "1k", lines: 1_000, rounds: 3, coldStarts: 5, repeats: 15 },
  { name: "10k", lines: 10_000, rounds: 3, coldStarts: 3, repeats: 10 },
  { name: "50k", lines: 50_000, rounds: 2, coldStarts: 0, repeats: 4 },
  { name: "500 files", files: 500, rounds: 3, coldStarts: 0, repeats: 10 },
];
