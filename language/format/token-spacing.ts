import { TokenKind } from "#language/syntax/tokens.ts";

/**
 * Whether a space stands between two tokens side by side on a line, as far as their kinds tell. What only the tree
 * knows (a minus with one operand, `<const>`, labels, the braces of calls) is corrected by the layout.
 */
export function spaceBetween(previous: number, next: number): boolean {
  if (stickToPrevious.has(next) || stickToNext.has(previous)) return false;
  if (next === TokenKind.openParenthesis)
    return previous !== TokenKind.function && !endsOperand.has(previous);
  // `{[ [[key]] ] = 1}`: two brackets side by side are a long string.
  if (next === TokenKind.openBracket) return !endsOperand.has(previous);
  return true;
}

const stickToPrevious: ReadonlySet<number> = new Set([
  TokenKind.comma,
  TokenKind.semicolon,
  TokenKind.closeParenthesis,
  TokenKind.closeBracket,
  TokenKind.closeBrace,
  TokenKind.dot,
  TokenKind.colon,
]);

const stickToNext: ReadonlySet<number> = new Set([
  TokenKind.openParenthesis,
  TokenKind.openBracket,
  TokenKind.openBrace,
  TokenKind.dot,
  TokenKind.colon,
  TokenKind.hash,
]);

/** Behind these an opening parenthesis is a call and an opening bracket an index. */
const endsOperand: ReadonlySet<number> = new Set([
  TokenKind.name,
  TokenKind.shortString,
  TokenKind.longString,
  TokenKind.closeParenthesis,
  TokenKind.closeBracket,
  TokenKind.closeBrace,
]);
