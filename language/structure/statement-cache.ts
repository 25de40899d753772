import type { SourceTree, TopStatement } from "#language/syntax/tree.ts";

/** Where a statement stands in its tree. */
export interface StatementPlace {
  readonly statement: TopStatement;
  /** Number in the tree. */
  readonly index: number;
  /** Where it begins in the text. */
  readonly base: number;
}

/**
 * A value of each outermost statement that depends on the text of the statement alone, so that it is computed once and
 * lives as long as the statement does, through edits elsewhere in the file. Its positions are relative to the statement.
 */
export function perStatement<Value>(
  compute: (tree: SourceTree, place: StatementPlace) => Value,
): (tree: SourceTree, place: StatementPlace) => Value {
  const known = new WeakMap<TopStatement, Value>();
  return (tree, place) => {
    const found = known.get(place.statement);
    if (found !== undefined) return found;
    const value = compute(tree, place);
    known.set(place.statement, value);
    return value;
  };
}

/** The statements of a tree with their places. */
export function* placesOf(tree: SourceTree): Generator<StatementPlace> {
  for (const [index, statement] of tree.statements.entries())
    yield { statement, index, base: tree.offsets[index] ?? 0 };
}
