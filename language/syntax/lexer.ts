import { numberLength } from "#language/syntax/number-literal.ts";
import { malformedEscape } from "#language/syntax/string-content.ts";
import { isTrivia, type TokenBuffer, TokenFlag, TokenKind } from "#language/syntax/tokens.ts";

/** Cuts a text into tokens; never fails: what is no token is `unknown`, what has no end is marked malformed. */
export function tokenize(text: string): TokenBuffer {
  return new Lexer(text).run();
}

const keywords: ReadonlyMap<string, TokenKind> = new Map(
  (
    [
      "and break do else elseif end false for function goto if in local nil not or repeat return then true until while",
    ] as const
  )[0]
    .split(" ")
    .map((word) => [word, TokenKind[word as keyof typeof TokenKind]]),
);

const longestKeyword = 8;

class Lexer {
  readonly #text: string;
  #kinds: Uint8Array;
  #starts: Uint32Array;
  #flags: Uint8Array;
  #count = 0;
  #isFirstOnLine = true;

  constructor(text: string) {
    this.#text = text;
    const guess = (text.length >> 2) + 16;
    this.#kinds = new Uint8Array(guess);
    this.#starts = new Uint32Array(guess);
    this.#flags = new Uint8Array(guess);
  }

  run(): TokenBuffer {
    const text = this.#text;
    let offset = 0;
    if (text.charCodeAt(0) === 0x23) offset = this.#take(TokenKind.shebang, 0, lineEnd(text, 0));
    while (offset < text.length) offset = this.#next(offset);
    this.#add(TokenKind.endOfFile, text.length, 0);
    return {
      text,
      count: this.#count,
      kinds: this.#kinds.slice(0, this.#count),
      starts: this.#starts.slice(0, this.#count),
      flags: this.#flags.slice(0, this.#count),
    };
  }

  #add(kind: TokenKind, start: number, flags: number): void {
    if (this.#count === this.#kinds.length) this.#grow();
    this.#kinds[this.#count] = kind;
    this.#starts[this.#count] = start;
    const trivia = isTrivia(kind);
    this.#flags[this.#count] = flags | (this.#isFirstOnLine && !trivia ? TokenFlag.firstOnLine : 0);
    if (!trivia) this.#isFirstOnLine = false;
    this.#count++;
  }

  #grow(): void {
    const size = this.#kinds.length * 2;
    const kinds = new Uint8Array(size);
    kinds.set(this.#kinds);
    const starts = new Uint32Array(size);
    starts.set(this.#starts);
    const flags = new Uint8Array(size);
    flags.set(this.#flags);
    this.#kinds = kinds;
    this.#starts = starts;
    this.#flags = flags;
  }

  #take(kind: TokenKind, start: number, end: number, flags = 0): number {
    this.#add(kind, start, flags);
    return end;
  }

  #next(offset: number): number {
    const text = this.#text;
    const code = text.charCodeAt(offset);
    if (isSpace(code)) return this.#whiteSpace(offset);
    if (isNameStart(code)) return this.#word(offset);
    if (isDigit(code) || (code === 0x2e && isDigit(text.charCodeAt(offset + 1)))) return this.#number(offset);
    if (code === 0x22 || code === 0x27) return this.#shortString(offset, code);
    if (code === 0x2d && text.charCodeAt(offset + 1) === 0x2d) return this.#comment(offset);
    if (code === 0x5b) {
      const level = longBracketLevel(text, offset);
      if (level >= 0) return this.#long(TokenKind.longString, offset, offset, level);
    }
    return this.#operator(offset, code);
  }

  #whiteSpace(start: number): number {
    const text = this.#text;
    let offset = start;
    for (; offset < text.length; offset++) {
      const code = text.charCodeAt(offset);
      if (!isSpace(code)) break;
      if (code === 10 || code === 13) this.#isFirstOnLine = true;
    }
    return this.#take(TokenKind.whiteSpace, start, offset);
  }

  #word(start: number): number {
    const text = this.#text;
    let end = start + 1;
    while (isNamePart(text.charCodeAt(end))) end++;
    const length = end - start;
    const keyword = length > 1 && length <= longestKeyword ? keywords.get(text.slice(start, end)) : undefined;
    return this.#take(keyword ?? TokenKind.name, start, end);
  }

  #number(start: number): number {
    const { length, isWellFormed } = numberLength(this.#text, start);
    return this.#take(TokenKind.number, start, start + length, isWellFormed ? 0 : TokenFlag.malformed);
  }

  #shortString(start: number, quote: number): number {
    const text = this.#text;
    let offset = start + 1;
    for (; offset < text.length; offset++) {
      const code = text.charCodeAt(offset);
      if (code === quote) {
        const malformed = malformedEscape(text, start + 1, offset) !== undefined;
        return this.#take(TokenKind.shortString, start, offset + 1, malformed ? TokenFlag.malformed : 0);
      }
      if (code === 10 || code === 13) break;
      if (code === 0x5c) offset = afterEscape(text, offset) - 1;
    }
    return this.#take(TokenKind.shortString, start, Math.min(offset, text.length), TokenFlag.malformed);
  }

  #comment(start: number): number {
    const level = longBracketLevel(this.#text, start + 2);
    if (level >= 0) return this.#long(TokenKind.blockComment, start, start + 2, level);
    return this.#take(TokenKind.lineComment, start, lineEnd(this.#text, start));
  }

  #long(kind: TokenKind, start: number, bracket: number, level: number): number {
    const closing = `]${"=".repeat(level)}]`;
    const end = this.#text.indexOf(closing, bracket + level + 2);
    if (end < 0) return this.#take(kind, start, this.#text.length, TokenFlag.malformed);
    return this.#take(kind, start, end + closing.length);
  }

  #operator(offset: number, code: number): number {
    const found = operatorAt(this.#text, offset, code);
    if (found) return this.#take(found.kind, offset, offset + found.length);
    const point = this.#text.codePointAt(offset) ?? 0;
    return this.#take(TokenKind.unknown, offset, offset + (point > 0xffff ? 2 : 1));
  }
}

const single: Readonly<Record<string, TokenKind>> = {
  "+": TokenKind.plus,
  "-": TokenKind.minus,
  "*": TokenKind.star,
  "/": TokenKind.slash,
  "%": TokenKind.percent,
  "^": TokenKind.caret,
  "#": TokenKind.hash,
  "&": TokenKind.ampersand,
  "~": TokenKind.tilde,
  "|": TokenKind.pipe,
  "<": TokenKind.less,
  ">": TokenKind.greater,
  "=": TokenKind.assign,
  "(": TokenKind.openParenthesis,
  ")": TokenKind.closeParenthesis,
  "{": TokenKind.openBrace,
  "}": TokenKind.closeBrace,
  "[": TokenKind.openBracket,
  "]": TokenKind.closeBracket,
  ";": TokenKind.semicolon,
  ":": TokenKind.colon,
  ",": TokenKind.comma,
  ".": TokenKind.dot,
};

const double: Readonly<Record<string, TokenKind>> = {
  "//": TokenKind.doubleSlash,
  "<<": TokenKind.shiftLeft,
  ">>": TokenKind.shiftRight,
  "==": TokenKind.equal,
  "~=": TokenKind.notEqual,
  "<=": TokenKind.lessEqual,
  ">=": TokenKind.greaterEqual,
  "::": TokenKind.doubleColon,
  "..": TokenKind.concat,
};

/** The kind of each one-character token, by character code. */
const singleByCode: ReadonlyArray<TokenKind | undefined> = Array.from(
  { length: 128 },
  (_, code) => single[String.fromCharCode(code)],
);

/** Characters that start a token of two. */
const startsDouble: readonly boolean[] = Array.from({ length: 128 }, (_, code) =>
  Object.keys(double).some((operator) => operator.charCodeAt(0) === code),
);

function operatorAt(
  text: string,
  offset: number,
  code: number,
): { kind: TokenKind; length: number } | undefined {
  if (startsDouble[code]) {
    if (text.startsWith("...", offset)) return { kind: TokenKind.ellipsis, length: 3 };
    const kind = double[text.slice(offset, offset + 2)];
    if (kind !== undefined) return { kind, length: 2 };
  }
  const kind = singleByCode[code];
  return kind === undefined ? undefined : { kind, length: 1 };
}

/** Number of `=` in the long bracket that opens at `offset`; -1 when none does. */
function longBracketLevel(text: string, offset: number): number {
  if (text.charCodeAt(offset) !== 0x5b) return -1;
  let end = offset + 1;
  while (text.charCodeAt(end) === 0x3d) end++;
  return text.charCodeAt(end) === 0x5b ? end - offset - 1 : -1;
}

/** The offset behind a backslash and what it escapes; `\z` skips white space, `\` at the end of a line the line break. */
function afterEscape(text: string, backslash: number): number {
  const code = text.charCodeAt(backslash + 1);
  let offset = backslash + 2;
  if (code === 0x7a) while (isSpace(text.charCodeAt(offset))) offset++;
  const next = text.charCodeAt(offset);
  if ((code === 13 && next === 10) || (code === 10 && next === 13)) offset++;
  return offset;
}

function lineEnd(text: string, offset: number): number {
  let end = offset;
  while (end < text.length) {
    const code = text.charCodeAt(end);
    if (code === 10 || code === 13) break;
    end++;
  }
  return end;
}

/** White space of the C locale, as Lua has it. */
function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

function isNamePart(code: number): boolean {
  return isNameStart(code) || isDigit(code);
}
