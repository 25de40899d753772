import type { Disposable } from "#common/disposal.ts";
import type { DeclarationEvaluator } from "#language/declarations/declaration-evaluator.ts";
import type { ReviewReport } from "#protocol/reports/review-report.ts";
import type { SourceTree } from "#review/trees/source-tree.ts";

/** What is to be reviewed. `repository` is any folder of it; a name is what git calls a revision. */
export type ChangeSource = CommitRange | PatchOn;

/** What the commits of head that base has not change. A branch is reviewed as `{base: "HEAD", head: "the-branch"}`. */
interface CommitRange {
  readonly kind: "commits";
  readonly repository: string;
  readonly base: string;
  readonly head: string;
}

/** What a `.patch` changes, applied in memory. */
interface PatchOn {
  readonly kind: "patch";
  readonly repository: string;
  /** What it is applied to; the checked-out commit is `HEAD`. */
  readonly base: string;
  readonly patch: string;
}

export interface ReviewOptions {
  readonly signal: AbortSignal;
  /** Evaluates files that compute their declarations, within bounds; without one they are read only. */
  readonly evaluator?: DeclarationEvaluator;
}

/** A change with both of its sides, which can be read until it is disposed of. */
export interface Review extends Disposable {
  readonly report: ReviewReport;
  readonly base: SourceTree;
  readonly head: SourceTree;
}
