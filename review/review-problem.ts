/** Why a change could not be reviewed. Nothing was decided about it. */
export interface ReviewProblem {
  readonly code: ReviewProblemCode;
  readonly message: string;
  /** What to do about it. */
  readonly remedy?: string;
}

type ReviewProblemCode =
  | "git-missing"
  | "repository-missing"
  | "repository-unreadable"
  | "revision-unknown"
  | "object-missing"
  | "object-invalid"
  | "tree-too-large"
  | "patch-invalid"
  | "patch-does-not-apply"
  | "cancelled";
