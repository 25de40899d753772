import type { ComparisonReport } from "#protocol/reports/comparison-report.ts";
import type { TriedReport } from "#protocol/reports/tried-report.ts";

/** What a trial run came to. */
export interface TrialOutcome {
  readonly run: string;
  readonly side: "base" | "head";
  /** The procedure, relative to the root of the repository. */
  readonly file: string;
  readonly status: string;
  /** What it tried, beside what its side declares. */
  readonly report: TriedReport;
  /** Beside the run of base on the same input, when there was one. */
  readonly comparison?: ComparisonReport | undefined;
}
