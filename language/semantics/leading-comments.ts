import { type TokenBuffer, TokenKind, tokenIndexAt, tokenText } from "#language/syntax/tokens.ts";

/** A line of a comment, with the place of its first character in the text. */
export interface CommentLine {
  readonly text: string;
  readonly start: number;
}

/** The comment lines right above a place: on lines of their own, with no empty line in between. */
export function commentBefore(tokens: TokenBuffer, offset: number): CommentLine[] {
  const lines: CommentLine[] = [];
  let index = tokenIndexAt(tokens, offset) - 1;
  while (index >= 1) {
    const isBreak = tokens.kinds[index] === TokenKind.whiteSpace && breaksIn(tokenText(tokens, index)) === 1;
    if (!isBreak || tokens.kinds[index - 1] !== TokenKind.lineComment || !isAlone(tokens, index - 1)) break;
    lines.push({ text: tokenText(tokens, index - 1), start: tokens.starts[index - 1] ?? 0 });
    index -= 2;
  }
  return lines.reverse();
}

/** A comment behind code belongs to that code. */
function isAlone(tokens: TokenBuffer, index: number): boolean {
  if (index === 0) return true;
  return tokens.kinds[index - 1] === TokenKind.whiteSpace && breaksIn(tokenText(tokens, index - 1)) > 0;
}

function breaksIn(whiteSpace: string): number {
  return whiteSpace.split(/\r\n|\r|\n/).length - 1;
}
