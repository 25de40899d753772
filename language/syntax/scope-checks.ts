import type { EndOfFile, Statement, SyntaxProblem, TopStatement } from "#language/syntax/tree.ts";

/** What Lua refuses in a statement that is well formed: a place for `break`, constants, labels, `...`, limits. */
export function statementScopeProblems(_statement: Statement | EndOfFile, _state: unknown): SyntaxProblem[] {
  return [];
}

/** What Lua refuses in the file as a whole; offsets in the text. */
export function fileScopeProblems(
  _statements: readonly TopStatement[],
  _offsets: Uint32Array,
): SyntaxProblem[] {
  return [];
}
