import type { Span } from "#language/syntax/tree.ts";

/** A part of the text that folds; what is computed per statement is relative to it. */
export interface Fold extends Span {
  /** What closes it stands at `end`, and stays to be seen if nothing else stands before it on its line. */
  readonly hasCloser: boolean;
  readonly kind?: "comment";
}
