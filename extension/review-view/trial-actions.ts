import type { ReviewedFile } from "#protocol/reports/review-report.ts";

/** What can be run of a change under review. */
export interface TrialActions {
  /** *Run It Anyway*: head alone, models mocked. */
  runHead(file: ReviewedFile): Promise<void>;
  /** The same with models, which may cost as much as the person says. */
  runHeadWithModels(file: ReviewedFile): Promise<void>;
  /** Base and head on the same input, models mocked; their traces are shown side by side. */
  runBoth(file: ReviewedFile): Promise<void>;
  /** Shows two traces side by side. */
  compare(base: string, head: string): Promise<void>;
}
