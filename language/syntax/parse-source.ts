import { fileScopeProblems } from "#language/syntax/file-scope.ts";
import { expectedTokens } from "#language/syntax/lexer.ts";
import { tokenIndexAt } from "#language/syntax/tokens.ts";
import { TopReader } from "#language/syntax/top-reader.ts";
import type { SourceTree, TopStatement } from "#language/syntax/tree.ts";
import { statementIndexAt } from "#language/syntax/walk.ts";

/** Parses a text; never fails: what Lua would refuse is in the problems of the tree and of its statements. */
export function parseSource(text: string): SourceTree {
  const reader = new TopReader(text, expectedTokens(text), false);
  const statements: TopStatement[] = [];
  while (!reader.isAtEnd) statements.push(reader.next());
  return treeOf(text, reader, statements);
}

/**
 * The tree of a changed text, equal to a fresh one. Statements that the change can't have touched are the objects of
 * the previous tree: those before it whose parsing did not look as far, and all behind it from where a statement begins
 * where one began before.
 */
export function updateSource(previous: SourceTree, text: string): SourceTree {
  if (text === previous.text) return previous;
  const change = changeBetween(previous.text, text);
  const reader = new TopReader(text, previous.tokens.count + Math.max(0, change.delta) + 64, true);
  const statements: TopStatement[] = [];
  let used = 0;
  while (!reader.isAtEnd) {
    const known = knownStatements(previous, reader.offset, change);
    // The copy of a statement is another statement: no object is in a tree twice.
    if (!known || known.first < used) {
      statements.push(reader.next());
      continue;
    }
    const { first, last, delta } = known;
    used = last;
    for (const statement of previous.statements.slice(first, last)) statements.push(statement);
    reader.reuse(previous.tokens, tokenAt(previous, first), tokenAt(previous, last), delta);
  }
  return treeOf(text, reader, statements);
}

function treeOf(text: string, reader: TopReader, statements: readonly TopStatement[]): SourceTree {
  const offsets = new Uint32Array(statements.length);
  let offset = 0;
  for (let index = 0; index < statements.length; index++) {
    offsets[index] = offset;
    offset += statements[index]?.length ?? 0;
  }
  return {
    text,
    tokens: reader.tokens(),
    statements,
    offsets,
    problems: fileScopeProblems(statements, offsets),
  };
}

/** What two texts have in common; the two parts may overlap, as where a line is inserted. */
interface Change {
  /** Up to here both are the same. */
  readonly start: number;
  /** From here on the new one is the old one, moved by `delta`. */
  readonly newEnd: number;
  readonly delta: number;
}

/** Statements `first` to `last` (exclusive) of the previous tree, moved by `delta`. */
interface KnownStatements {
  readonly first: number;
  readonly last: number;
  readonly delta: number;
}

/** The statements of the previous tree that are those of the changed text from `offset` on, as many as there are. */
function knownStatements(tree: SourceTree, offset: number, change: Change): KnownStatements | undefined {
  const first = statementStartingAt(tree, offset);
  let last = first;
  while (isUntouched(tree, last, change.start)) last++;
  if (last > first) return { first, last, delta: 0 };
  const { newEnd, delta } = change;
  // What starts a text is read a little differently: a `#` line, the first token of a line.
  if (offset < newEnd || (offset === 0) !== (offset === delta)) return undefined;
  const moved = statementStartingAt(tree, offset - delta);
  return moved < tree.statements.length ? { first: moved, last: tree.statements.length, delta } : undefined;
}

/** Number of the statement that begins at an offset; behind the last one if none does. */
function statementStartingAt(tree: SourceTree, offset: number): number {
  const index = statementIndexAt(tree, offset);
  return tree.offsets[index] === offset ? index : tree.statements.length;
}

/** Whether parsing a statement looked at nothing from `offset` on. */
function isUntouched(tree: SourceTree, index: number, offset: number): boolean {
  const statement = tree.statements[index];
  return statement !== undefined && (tree.offsets[index] ?? 0) + statement.reach < offset;
}

/** Number of the first token of a statement. */
function tokenAt(tree: SourceTree, statement: number): number {
  const offset = tree.offsets[statement];
  return offset === undefined ? tree.tokens.count : tokenIndexAt(tree.tokens, offset);
}

function changeBetween(before: string, after: string): Change {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (
    same < most &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { start, newEnd: after.length - same, delta: after.length - before.length };
}
