import { addRequire } from "#language/refactoring/add-require.ts";
import { extractVariable } from "#language/refactoring/extract-variable.ts";
import { inlineVariable } from "#language/refactoring/inline-variable.ts";
import type { FindRefactoring, Refactoring, RefactoringPlace } from "#language/refactoring/refactoring.ts";
import { sortRequires } from "#language/refactoring/sort-requires.ts";
import { wrapInCheckpoint } from "#language/refactoring/wrap-in-checkpoint.ts";
import type { Span } from "#language/syntax/tree.ts";

const all: readonly FindRefactoring[] = [
  addRequire,
  extractVariable,
  inlineVariable,
  wrapInCheckpoint,
  sortRequires,
];

/** Rewrites that are possible for what is selected. */
export function refactoringsAt(place: RefactoringPlace, selection: Span): readonly Refactoring[] {
  return all.flatMap((find) => find(place, selection) ?? []);
}
