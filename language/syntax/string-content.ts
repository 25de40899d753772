import type { StringExpression } from "#language/syntax/tree.ts";

/** Why Lua refuses an escape, and where (offset of the backslash). */
export interface EscapeProblem {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** The first bad escape between two offsets; undefined when there is none. */
export function malformedEscape(text: string, start: number, end: number): EscapeProblem | undefined {
  for (let offset = text.indexOf("\\", start); offset >= 0 && offset < end; ) {
    const found = readEscape(text, offset);
    if (found.problem !== undefined)
      return { start: offset, end: Math.min(found.end, end), message: found.problem };
    offset = text.indexOf("\\", found.end);
  }
  return undefined;
}

/** The value of a short string's content. */
export function decodeShort(text: string, start: number, end: number): string {
  if (!text.slice(start, end).includes("\\")) return text.slice(start, end);
  let value = "";
  let offset = start;
  while (offset < end) {
    const backslash = text.indexOf("\\", offset);
    if (backslash < 0 || backslash >= end) return value + text.slice(offset, end);
    const found = readEscape(text, backslash);
    value += text.slice(offset, backslash) + found.value;
    offset = found.end;
  }
  return value;
}

/** Where the character number `index` of a string's value stands in the text; `base` is added to the result. */
export function stringOffset(text: string, node: StringExpression, index: number, base = 0): number {
  const start = base + node.content.start;
  if (node.isLong) return start + index;
  let offset = start;
  let passed = 0;
  while (passed < index && offset < base + node.content.end) {
    const found = text[offset] === "\\" ? readEscape(text, offset) : undefined;
    passed += found ? found.value.length : 1;
    offset = found ? found.end : offset + 1;
  }
  return offset;
}

interface Escape {
  readonly value: string;
  readonly end: number;
  readonly problem?: string;
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

function readEscape(text: string, backslash: number): Escape {
  const character = text[backslash + 1] ?? "";
  const value = simple[character];
  if (value !== undefined) return { value, end: backslash + 2 };
  if (character === "z") return { value: "", end: afterSpaces(text, backslash + 2) };
  if (character === "\n" || character === "\r") return { value: "\n", end: afterBreak(text, backslash + 1) };
  if (character === "x") return hexEscape(text, backslash);
  if (character === "u") return unicodeEscape(text, backslash);
  if (/[0-9]/.test(character)) return decimalEscape(text, backslash);
  return { value: "", end: backslash + 2, problem: `'\\${character}' is no escape of Lua` };
}

function hexEscape(text: string, backslash: number): Escape {
  const digits = /^[0-9a-fA-F]{0,2}/.exec(text.slice(backslash + 2, backslash + 4))?.[0] ?? "";
  const end = backslash + 2 + digits.length;
  if (digits.length < 2) return { value: "", end, problem: "'\\x' needs two hexadecimal digits" };
  return { value: byteText(Number.parseInt(digits, 16)), end };
}

function decimalEscape(text: string, backslash: number): Escape {
  const digits = /^[0-9]{1,3}/.exec(text.slice(backslash + 1, backslash + 4))?.[0] ?? "";
  const end = backslash + 1 + digits.length;
  const code = Number(digits);
  if (code > 255) return { value: "", end, problem: `'\\${digits}' is no byte: at most \\255` };
  return { value: byteText(code), end };
}

function unicodeEscape(text: string, backslash: number): Escape {
  const match = /^\{([0-9a-fA-F]+)\}/.exec(text.slice(backslash + 2, backslash + 32));
  if (!match?.[1])
    return { value: "", end: backslash + 2, problem: "'\\u' needs hexadecimal digits in braces" };
  const end = backslash + 2 + match[0].length;
  const code = Number.parseInt(match[1], 16);
  if (code > 0x7fffffff) return { value: "", end, problem: "the character code is too large" };
  return { value: code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code), end };
}

/** A byte beyond ASCII is part of a character that only its neighbours make; alone it is none. */
function byteText(code: number): string {
  return code < 128 ? String.fromCharCode(code) : "\ufffd";
}

function afterSpaces(text: string, offset: number): number {
  let end = offset;
  while (/[ \t-\r]/.test(text[end] ?? "")) end++;
  return end;
}

function afterBreak(text: string, offset: number): number {
  const pair = text.slice(offset, offset + 2);
  return offset + (pair === "\r\n" || pair === "\n\r" ? 2 : 1);
}
