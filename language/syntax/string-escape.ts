import { isDigit, isHexDigit, isLineBreak, isSpace } from "#language/syntax/characters.ts";

/** What a backslash in a short string stands for. */
export interface Escape {
  readonly value: string;
  /** Offset behind it. */
  readonly end: number;
  /** A byte beyond ASCII: only together with its neighbours it is a character. */
  readonly byte?: number;
  /** Why Lua refuses it. */
  readonly problem?: string;
}

/** Reads the escape that starts with the backslash at an offset. */
export function readEscape(text: string, backslash: number): Escape {
  const character = text[backslash + 1] ?? "";
  const code = text.charCodeAt(backslash + 1);
  const value = simple[character];
  if (value !== undefined) return { value, end: backslash + 2 };
  if (isDigit(code)) return decimalEscape(text, backslash);
  if (isLineBreak(code)) return { value: "\n", end: afterBreak(text, backslash + 1) };
  switch (character) {
    case "x":
      return hexEscape(text, backslash);
    case "u":
      return unicodeEscape(text, backslash);
    case "z":
      return { value: "", end: afterSpaces(text, backslash + 2) };
    default:
      return refused(backslash + 2, `'\\${character}' is no escape of Lua; a backslash is written '\\\\'`);
  }
}

const simple: Readonly<Record<string, string>> = {
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

function hexEscape(text: string, backslash: number): Escape {
  let end = backslash + 2;
  while (end < backslash + 4 && isHexDigit(text.charCodeAt(end))) end++;
  if (end < backslash + 4) return refused(end, "'\\x' needs two hexadecimal digits");
  return byteEscape(Number.parseInt(text.slice(backslash + 2, end), 16), end);
}

function decimalEscape(text: string, backslash: number): Escape {
  let end = backslash + 1;
  while (end < backslash + 4 && isDigit(text.charCodeAt(end))) end++;
  const digits = text.slice(backslash + 1, end);
  if (Number(digits) > 255) return refused(end, `'\\${digits}' is no byte: the largest is '\\255'`);
  return byteEscape(Number(digits), end);
}

/** Lua takes codes of up to 31 bits, with any number of zeros before them. */
function unicodeEscape(text: string, backslash: number): Escape {
  let end = backslash + 3;
  while (isHexDigit(text.charCodeAt(end))) end++;
  const digits = text.slice(backslash + 3, end);
  if (text[backslash + 2] !== "{" || digits === "" || text[end] !== "}")
    return refused(Math.max(backslash + 2, end), "'\\u' needs hexadecimal digits in braces, as in '\\u{41}'");
  const code = Number.parseInt(digits, 16);
  if (code > 0x7fffffff) return refused(end + 1, "This character code is too large: the largest is 7FFFFFFF");
  const isCharacter = code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return { value: isCharacter ? String.fromCodePoint(code) : "\ufffd", end: end + 1 };
}

function byteEscape(code: number, end: number): Escape {
  return code < 128 ? { value: String.fromCharCode(code), end } : { value: "\ufffd", end, byte: code };
}

function refused(end: number, problem: string): Escape {
  return { value: "", end, problem };
}

function afterSpaces(text: string, offset: number): number {
  let end = offset;
  while (isSpace(text.charCodeAt(end))) end++;
  return end;
}

function afterBreak(text: string, offset: number): number {
  const isPair = isLineBreak(text.charCodeAt(offset + 1)) && text[offset] !== text[offset + 1];
  return isPair ? offset + 2 : offset + 1;
}
