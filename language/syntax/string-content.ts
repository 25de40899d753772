import { isLineBreak } from "#language/syntax/characters.ts";
import { type Escape, readEscape } from "#language/syntax/string-escape.ts";
import type { StringExpression } from "#language/syntax/tree.ts";

/** Why Lua refuses an escape, and where (from the backslash on). */
export interface EscapeProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** The first bad escape between two offsets; undefined when there is none. */
export function malformedEscape(text: string, start: number, end: number): EscapeProblem | undefined {
  let offset = text.indexOf("\\", start);
  while (offset >= 0 && offset < end) {
    const { problem, end: next } = readEscape(text, offset);
    if (problem !== undefined) return { start: offset, end: Math.min(next, end), message: problem };
    offset = text.indexOf("\\", next);
  }
  return undefined;
}

/** The value of a short string's content. */
export function decodeShort(text: string, start: number, end: number): string {
  const written = text.slice(start, end);
  if (!written.includes("\\")) return written;
  let value = "";
  for (let offset = start; offset < end; ) {
    const piece = shortPiece(text, offset, end);
    value += piece.value;
    offset = piece.end;
  }
  return value;
}

/** The value of a long string's content: every kind of line break is one `\n`. */
export function decodeLong(text: string, start: number, end: number): string {
  const written = text.slice(start, end);
  return written.includes("\r") ? written.replaceAll(/\r\n|\n\r|\r/g, "\n") : written;
}

/**
 * Where unit number `index` of a string's value stands in the text; the end of the content for the end of the value.
 * `base` is where the node's top-level statement begins. Inside what one escape gives: the start of the escape.
 */
export function stringOffset(text: string, node: StringExpression, index: number, base = 0): number {
  const end = base + node.content.end;
  let offset = base + node.content.start;
  let passed = 0;
  while (offset < end) {
    const piece = node.isLong ? longPiece(text, offset, end) : shortPiece(text, offset, end);
    const isPlain = piece.value.length === piece.end - offset;
    if (passed + piece.value.length > index) return isPlain ? offset + index - passed : offset;
    passed += piece.value.length;
    offset = piece.end;
  }
  return offset;
}

interface Piece {
  readonly value: string;
  readonly end: number;
}

/** Characters up to the next escape, or one escape, or the bytes of several that belong together. */
function shortPiece(text: string, offset: number, end: number): Piece {
  const backslash = text.indexOf("\\", offset);
  if (backslash < 0 || backslash >= end) return { value: text.slice(offset, end), end };
  if (backslash > offset) return { value: text.slice(offset, backslash), end: backslash };
  const found = readEscape(text, offset);
  return found.byte === undefined
    ? { value: found.value, end: Math.min(found.end, end) }
    : bytes(text, found);
}

/** `\xE2\x82\xAC` is three bytes and one character. */
function bytes(text: string, first: Escape): Piece {
  const found: number[] = [];
  let { end } = first;
  for (let next = first; next.byte !== undefined; next = readEscape(text, end)) {
    found.push(next.byte);
    ({ end } = next);
    if (text.charCodeAt(end) !== 0x5c) break;
  }
  return { value: utf8.decode(Uint8Array.from(found)), end };
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Characters up to the next line break, or the line break. */
function longPiece(text: string, offset: number, end: number): Piece {
  let next = offset;
  while (next < end && !isLineBreak(text.charCodeAt(next))) next++;
  if (next > offset) return { value: text.slice(offset, next), end: next };
  const isPair = isLineBreak(text.charCodeAt(next + 1)) && text[next] !== text[next + 1];
  return { value: "\n", end: isPair ? next + 2 : next + 1 };
}
