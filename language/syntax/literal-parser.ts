import { isLineBreak } from "#language/syntax/characters.ts";
import { numberValue } from "#language/syntax/number-literal.ts";
import type { ParseState } from "#language/syntax/parse-state.ts";
import { decodeLong, decodeShort, malformedEscape } from "#language/syntax/string-content.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { NumberExpression, Span, StringExpression } from "#language/syntax/tree.ts";

/** Reads the number that the cursor is at. */
export function readNumber(state: ParseState): NumberExpression {
  const { cursor } = state;
  const { text, isMalformed, start, end } = cursor;
  cursor.skip();
  if (isMalformed) {
    state.report({ start, end, message: `'${shortened(text)}' is no number.` });
    return { kind: "NumberExpression", value: 0, isInteger: true, start, end };
  }
  const { value, isInteger } = numberValue(text);
  return { kind: "NumberExpression", value, isInteger, start, end };
}

/** Reads the short or long string that the cursor is at. */
export function readString(state: ParseState): StringExpression {
  const { cursor } = state;
  const { isMalformed, start, end, base } = cursor;
  const { text } = cursor.lexer;
  const isLong = cursor.kind === TokenKind.longString;
  const content = isLong
    ? longContent(text, base, start, end, isMalformed)
    : shortContent(text, base, start, end);
  cursor.skip();
  if (isMalformed) reportString(state, { start, end }, content, isLong);
  const decode = isLong ? decodeLong : decodeShort;
  const value = cursor.own(decode(text, base + content.start, base + content.end));
  return { kind: "StringExpression", value, isLong, content, start, end };
}

function reportString(state: ParseState, span: Span, content: Span, isLong: boolean): void {
  const { base, lexer } = state.cursor;
  if (isLong) {
    const message = "This long string has no end: its closing bracket is missing.";
    const closing = lexer.text
      .slice(base + span.start, base + content.start)
      .trimEnd()
      .replaceAll("[", "]");
    state.report({
      start: span.start,
      end: content.start,
      message,
      insertion: { at: span.end, text: closing },
    });
    return;
  }
  const bad = malformedEscape(lexer.text, base + content.start, base + content.end);
  if (bad) {
    state.report({ start: bad.start - base, end: bad.end - base, message: `${bad.message}.` });
    return;
  }
  const quote = lexer.text[base + span.start] ?? '"';
  const message = `This string has no end: ${quote} is missing.`;
  state.report({ ...span, message, insertion: { at: span.end, text: quote } });
}

/** Between the quotes; a string without its end reaches to the end of the token. */
function shortContent(text: string, base: number, start: number, end: number): Span {
  const last = base + end - 1;
  let backslashes = 0;
  while (text.charCodeAt(last - 1 - backslashes) === 0x5c) backslashes++;
  const isQuote = end - start > 1 && text.charCodeAt(last) === text.charCodeAt(base + start);
  const isClosed = isQuote && backslashes % 2 === 0;
  return { start: start + 1, end: isClosed ? end - 1 : end };
}

/** Between the brackets, without the line break right behind the opening one. */
function longContent(text: string, base: number, start: number, end: number, isOpen: boolean): Span {
  const width = text.indexOf("[", base + start + 1) + 1 - (base + start);
  let first = base + start + width;
  const code = text.charCodeAt(first);
  if (isLineBreak(code)) {
    const next = text.charCodeAt(first + 1);
    first += isLineBreak(next) && next !== code ? 2 : 1;
  }
  const last = isOpen ? base + end : base + end - width;
  return { start: Math.min(first, last) - base, end: last - base };
}

function shortened(text: string): string {
  return text.length > 24 ? `${text.slice(0, 23)}…` : text;
}
