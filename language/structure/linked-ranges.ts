import type { SourceTree, Span } from "#language/syntax/tree.ts";
import { bracketLevels } from "./bracket-levels.ts";
import { labelRanges } from "./label-ranges.ts";
import { quotedNames } from "./quoted-names.ts";

/** Places with equal texts that are edited as one. */
export interface LinkedRanges {
  readonly ranges: readonly Span[];
  /** What their text may be, as a regular expression; another one ends the editing. */
  readonly wordPattern: string;
}

/**
 * What is edited together with the place at an offset: the levels of the two brackets of a long string or comment
 * (`[==[` … `]==]`), a label with its `goto`s, a quoted name in a specification with its other uses there.
 */
export function linkedRanges(tree: SourceTree, offset: number): LinkedRanges | undefined {
  const levels = bracketLevels(tree, offset);
  if (levels) return { ranges: levels, wordPattern: "=*" };
  const labels = labelRanges(tree, offset);
  if (labels) return { ranges: labels, wordPattern: "[A-Za-z_][A-Za-z0-9_]*" };
  const names = quotedNames(tree, offset);
  return names && { ranges: names, wordPattern: '[^"\\r\\n]*' };
}
