import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";

const matters = TokenTrait.opens | TokenTrait.ends | TokenTrait.awaitsDo;

/** Lua nests no deeper, with something to spare. */
const deepest = 210;

/**
 * Whether everything that is opened from token `from` on is closed again in the right order, up to the first place
 * behind token `until` where nothing is open. Where this is false, Lua refuses the text. It looks at brackets and
 * keywords only, so it is many times faster than parsing.
 */
export function isBalanced(cursor: TokenCursor, from: number, until: number): boolean {
  const { lexer } = cursor;
  const awaited: number[] = [];
  for (let index = cursor.significant(from); ; index = cursor.significant(index + 1)) {
    const kind = lexer.kinds[index] ?? TokenKind.endOfFile;
    if (kind === TokenKind.endOfFile) return false;
    if (hasTrait(kind, matters) && (!follows(awaited, kind) || awaited.length > deepest)) return false;
    if (awaited.length === 0 && index >= until) return true;
  }
}

/** Takes a token into account; false when it closes what was not opened last. */
function follows(awaited: number[], kind: number): boolean {
  switch (kind) {
    case TokenKind.openParenthesis:
    case TokenKind.openBrace:
    case TokenKind.openBracket:
      awaited.push(kind + 1);
      return true;
    case TokenKind.function:
    case TokenKind.if:
      awaited.push(TokenKind.end);
      return true;
    case TokenKind.repeat:
      awaited.push(TokenKind.until);
      return true;
    case TokenKind.while:
    case TokenKind.for:
      awaited.push(TokenKind.do);
      return true;
    case TokenKind.do:
      if (awaited.at(-1) === TokenKind.do) awaited.pop();
      awaited.push(TokenKind.end);
      return true;
    case TokenKind.end:
    case TokenKind.until:
    case TokenKind.closeParenthesis:
    case TokenKind.closeBrace:
    case TokenKind.closeBracket:
      return awaited.pop() === kind;
    default:
      return true;
  }
}
