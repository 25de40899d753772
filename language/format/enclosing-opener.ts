import { isTrivia, TokenKind, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { SourceTree } from "#language/syntax/tree.ts";
import { statementIndexAt } from "#language/syntax/walk.ts";

/**
 * The innermost bracket or keyword before a token that is still open there; undefined at the outermost level. Looked
 * for within one outermost statement: what is unbalanced elsewhere in the file does not matter.
 */
export function enclosingOpener(tree: SourceTree, token: number): number | undefined {
  const { kinds } = tree.tokens;
  const previous = previousToken(tree, token);
  if (previous === undefined) return undefined;
  const first = firstTokenOfStatement(tree, previous);
  let closed = 0;
  for (let index = previous; index >= first; index--) {
    const kind = kinds[index] ?? TokenKind.endOfFile;
    if (closers.has(kind)) closed++;
    else if (!openers.has(kind)) continue;
    else if (closed === 0) return index;
    else closed--;
  }
  return undefined;
}

/** The token before another one that means something. */
export function previousToken(tree: SourceTree, token: number): number | undefined {
  let previous = token - 1;
  while (previous >= 0 && isTrivia(tree.tokens.kinds[previous] ?? 0)) previous--;
  return previous < 0 ? undefined : previous;
}

function firstTokenOfStatement(tree: SourceTree, token: number): number {
  const index = statementIndexAt(tree, tree.tokens.starts[token] ?? 0);
  return tokenIndexAt(tree.tokens, tree.offsets[index] ?? 0);
}

/** A loop is opened by its `do`, whatever stands before it. */
const openers: ReadonlySet<number> = new Set([
  TokenKind.openBrace,
  TokenKind.openParenthesis,
  TokenKind.openBracket,
  TokenKind.function,
  TokenKind.if,
  TokenKind.do,
  TokenKind.repeat,
]);

const closers: ReadonlySet<number> = new Set([
  TokenKind.closeBrace,
  TokenKind.closeParenthesis,
  TokenKind.closeBracket,
  TokenKind.end,
  TokenKind.until,
]);
