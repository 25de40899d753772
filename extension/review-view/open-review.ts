import type { ReviewedFile } from "#protocol/reports/review-report.ts";
import type { Review } from "#review/review.ts";
import type { TrialOutcome } from "./trial-outcome.ts";

export type Side = "base" | "head";

/** A review while it is looked at. */
export interface OpenReview {
  /** What the person chose, in their words. */
  readonly title: string;
  /** Distinguishes it from those before: documents of an earlier one show nothing of it. */
  readonly number: number;
  readonly review: Review;
  /** Root of the repository on this machine: where runs keep their journals. */
  readonly root: string;
  readonly trials: readonly TrialOutcome[];
}

/** The name under which the documents of a side are shown. */
export function sideName({ number }: Pick<OpenReview, "number">, side: Side): string {
  return `review-${number}-${side}`;
}

/** What a file is called on a side; undefined where it is not. */
export function pathOn({ file, from, status }: ReviewedFile, side: Side): string | undefined {
  if (side === "base") return status === "added" ? undefined : (from ?? file);
  return status === "deleted" ? undefined : file;
}
