import { TokenFlag, TokenKind, tokenEnd, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { SourceTree, Span } from "#language/syntax/tree.ts";

/**
 * The two runs of `=` in the brackets of the long string or comment at an offset, if it is at one of them; they may be
 * empty (`[[`). Undefined elsewhere, and where the closing bracket is missing.
 */
export function bracketLevels(
  { text, tokens }: SourceTree,
  offset: number,
): readonly [Span, Span] | undefined {
  const token = tokenIndexAt(tokens, offset);
  const kind = tokens.kinds[token];
  const isLong = kind === TokenKind.longString || kind === TokenKind.blockComment;
  if (!isLong || ((tokens.flags[token] ?? 0) & TokenFlag.malformed) !== 0) return undefined;
  const start = (tokens.starts[token] ?? 0) + (kind === TokenKind.blockComment ? "--[".length : "[".length);
  const level = text.indexOf("[", start) - start;
  const end = tokenEnd(tokens, token) - 1;
  const opening = { start, end: start + level };
  const closing = { start: end - level, end };
  const isAt = [opening, closing].some((span) => span.start <= offset && offset <= span.end);
  return isAt ? [opening, closing] : undefined;
}
