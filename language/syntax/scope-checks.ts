import { mostLocals, type Variable } from "#language/syntax/function-scope.ts";
import { Feature, type ParseState } from "#language/syntax/parse-state.ts";
import { registerProblems } from "#language/syntax/register-analysis.ts";
import { analyseScopes, type ScopeFindings } from "#language/syntax/scope-analysis.ts";
import type { Statement, SyntaxProblem } from "#language/syntax/tree.ts";

/** Statements that claim fewer variables and values than this can break no limit together with what is around them. */
const notableClaims = 20;

/** What was found of a statement; kept since the file is judged after every change. */
const findings = new WeakMap<Statement, ScopeFindings>();

/** Statements with jumps or labels, and what those claim that claim much: the file has to look at them. */
const jumping = new WeakSet<Statement>();
const claiming = new WeakMap<Statement, number>();

/**
 * What Lua refuses in a statement that is well formed: a place for `break`, constants, labels, `...`, limits. Hardly
 * any statement can break one of these rules; the parser has counted what is needed to tell.
 */
export function statementScopeProblems(
  statement: Statement,
  { features, declared, mostAwaiting }: ParseState,
): readonly SyntaxProblem[] {
  const claims = declared + mostAwaiting;
  if ((features & Feature.jumps) !== 0) jumping.add(statement);
  if (claims > notableClaims) claiming.set(statement, claims);
  if (claims > mostLocals) return [...findingsOf(statement).problems, ...limitProblems(statement, [])];
  return features === 0 ? noProblems : findingsOf(statement).problems;
}

/** Whether a statement can reach Lua's limits together with so many variables around it. */
export function isNearLimits(statement: Statement, outer: number): boolean {
  return outer + (claiming.get(statement) ?? notableClaims) > mostLocals;
}

/** Too many variables or values for one function, those around the statement counted. */
export function limitProblems(statement: Statement, outer: readonly Variable[]): readonly SyntaxProblem[] {
  const { limits } = analyseScopes(statement, outer);
  return limits.length > 0 ? limits : registerProblems(statement, outer);
}

/** Whether a statement has jumps or labels. */
export function hasJumps(statement: Statement): boolean {
  return jumping.has(statement);
}

/** What is known of a statement by itself. */
export function findingsOf(statement: Statement): ScopeFindings {
  const known = findings.get(statement);
  if (known) return known;
  const found = analyseScopes(statement, []);
  findings.set(statement, found);
  return found;
}

const noProblems: readonly SyntaxProblem[] = [];
