import { tokenize } from "#language/syntax/lexer.ts";
import { ParseState } from "#language/syntax/parse-state.ts";
import { fileScopeProblems, statementScopeProblems } from "#language/syntax/scope-checks.ts";
import { StatementParser } from "#language/syntax/statement-parser.ts";
import { TokenCursor } from "#language/syntax/token-cursor.ts";
import { type TokenBuffer, TokenKind, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { SourceTree, TopStatement } from "#language/syntax/tree.ts";

/** Parses a text; never fails: what Lua would refuse is in the problems of the tree and of its statements. */
export function parseSource(text: string): SourceTree {
  const tokens = tokenize(text);
  return treeOf(tokens, new TopReader(tokens, 0).all());
}

/**
 * The tree of a changed text. Statements that the change can't have touched are those of the previous tree: the
 * statements before it whose parsing did not look as far, and those behind it from where the parser is in step again.
 */
export function updateSource(previous: SourceTree, text: string): SourceTree {
  if (text === previous.text) return previous;
  const prefix = commonPrefix(previous.text, text);
  const suffix = commonSuffix(previous.text, text, prefix);
  const tokens = tokenize(text);
  const kept = keptBefore(previous, prefix);
  const start = previous.offsets[kept] ?? 0;
  const delta = text.length - previous.text.length;
  const reader = new TopReader(tokens, start);
  const middle: TopStatement[] = [];
  let resume = indexAtOrBehind(previous, previous.text.length - suffix);
  for (;;) {
    const at = reader.offset - delta;
    while ((previous.offsets[resume] ?? Number.POSITIVE_INFINITY) < at) resume++;
    if (reader.offset >= text.length - suffix && previous.offsets[resume] === at) break;
    const statement = reader.next();
    middle.push(statement);
    if (statement.node.kind === "EndOfFile")
      return treeOf(tokens, [...previous.statements.slice(0, kept), ...middle]);
  }
  return treeOf(tokens, [
    ...previous.statements.slice(0, kept),
    ...middle,
    ...previous.statements.slice(resume),
  ]);
}

function treeOf(tokens: TokenBuffer, statements: readonly TopStatement[]): SourceTree {
  const offsets = new Uint32Array(statements.length);
  let offset = 0;
  for (const [index, { length }] of statements.entries()) {
    offsets[index] = offset;
    offset += length;
  }
  return { text: tokens.text, tokens, statements, offsets, problems: fileScopeProblems(statements, offsets) };
}

/** Reads the statements of the outermost block, one after the other. */
class TopReader {
  readonly #tokens: TokenBuffer;
  readonly #cursor: TokenCursor;
  /** Where the next statement begins, its white space and comments included. */
  offset: number;

  constructor(tokens: TokenBuffer, offset: number) {
    this.#tokens = tokens;
    this.#cursor = new TokenCursor(tokens, tokenIndexAt(tokens, offset));
    this.offset = offset;
  }

  all(): TopStatement[] {
    const statements: TopStatement[] = [];
    do statements.push(this.next());
    while (statements.at(-1)?.node.kind !== "EndOfFile");
    return statements;
  }

  next(): TopStatement {
    const cursor = this.#cursor;
    cursor.base = this.offset;
    if (cursor.kind === TokenKind.endOfFile) return this.#endOfFile();
    const mark = cursor.mark();
    const strict = this.#read(false);
    if (strict.problems.length === 0) return this.#taken(strict);
    cursor.rewind(mark);
    return this.#taken(this.#read(true));
  }

  #read(isRecovering: boolean): Omit<TopStatement, "length" | "reach"> {
    const state = new ParseState(this.#cursor, isRecovering);
    const node = new StatementParser(state).statement();
    if (node.kind === "ReturnStatement" && this.#cursor.kind !== TokenKind.endOfFile)
      state.report({ ...this.#cursor.span, message: "Nothing can stand behind 'return' in the same block." });
    const problems = state.problems.length > 0 ? state.problems : statementScopeProblems(node);
    return { node, problems };
  }

  #taken(statement: Omit<TopStatement, "length" | "reach">): TopStatement {
    const length = this.#cursor.previousEnd;
    const reach = this.#endOfToken(this.#cursor.furthest) - this.offset;
    this.offset += length;
    return { ...statement, length, reach };
  }

  #endOfFile(): TopStatement {
    const length = this.#tokens.text.length - this.offset;
    this.offset += length;
    const problems = [...unclosedComment(this.#tokens, this.offset - length)];
    return { node: { kind: "EndOfFile", start: length, end: length }, problems, length, reach: length + 1 };
  }

  #endOfToken(index: number): number {
    return index + 1 < this.#tokens.count
      ? (this.#tokens.starts[index + 1] ?? 0)
      : this.#tokens.text.length + 1;
  }
}

/** A block comment without its end takes the rest of the text with it. */
function unclosedComment(tokens: TokenBuffer, base: number): TopStatement["problems"] {
  const last = tokens.count - 2;
  const isOpen = tokens.kinds[last] === TokenKind.blockComment && ((tokens.flags[last] ?? 0) & 2) !== 0;
  if (!isOpen) return [];
  const start = (tokens.starts[last] ?? 0) - base;
  return [{ start, end: start + 4, message: "This comment has no end." }];
}

/** Number of statements at the start whose parsing looked at nothing behind `offset`. */
function keptBefore(tree: SourceTree, offset: number): number {
  let kept = 0;
  for (const [index, statement] of tree.statements.entries()) {
    if ((tree.offsets[index] ?? 0) + Math.max(statement.reach, statement.length) >= offset) break;
    kept = index + 1;
  }
  return kept;
}

function indexAtOrBehind(tree: SourceTree, offset: number): number {
  let low = 0;
  let high = tree.offsets.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tree.offsets[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function commonPrefix(first: string, second: string): number {
  const most = Math.min(first.length, second.length);
  let length = 0;
  while (length < most && first.charCodeAt(length) === second.charCodeAt(length)) length++;
  return length;
}

function commonSuffix(first: string, second: string, prefix: number): number {
  const most = Math.min(first.length, second.length) - prefix;
  let length = 0;
  while (
    length < most &&
    first.charCodeAt(first.length - 1 - length) === second.charCodeAt(second.length - 1 - length)
  )
    length++;
  return length;
}
