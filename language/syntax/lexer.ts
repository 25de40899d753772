import {
  CharacterClass,
  isCharacter,
  isDigit,
  isLineBreak,
  isNamePart,
  isSpace,
  lineEnd,
} from "#language/syntax/characters.ts";
import { wordKind } from "#language/syntax/keywords.ts";
import { isWellFormedNumber, numberEnd } from "#language/syntax/number-literal.ts";
import { doubleOperator, singleOperator } from "#language/syntax/operators.ts";
import { malformedEscape } from "#language/syntax/string-content.ts";
import { readEscape } from "#language/syntax/string-escape.ts";
import { type TokenBuffer, TokenFlag, TokenKind } from "#language/syntax/tokens.ts";

/** Cuts a whole text into tokens; never fails: what is no token is `unknown`, what has no end is marked malformed. */
export function tokenize(text: string): TokenBuffer {
  const lexer = new Lexer(text, expectedTokens(text));
  lexer.fill(Number.POSITIVE_INFINITY);
  return lexer.finish();
}

/** Room for the tokens of a text of the usual density, so that the arrays rarely grow. */
export function expectedTokens(text: string): number {
  return Math.ceil(text.length / 2.7) + 16;
}

/**
 * Cuts a text into tokens, as far as somebody asks. Tokens that are known already (those of a tree before an edit) can
 * be copied in, and a token that turned out to have no end can be cut short.
 */
export class Lexer {
  readonly text: string;
  /** The arrays are replaced when they grow. */
  kinds: Uint8Array;
  /** Holds one entry more than there are tokens: where the next one starts. */
  starts: Uint32Array;
  flags: Uint8Array;
  count = 0;
  /** Whether the token for the end of the text is there. */
  isComplete = false;
  /** Tokens between the statements that Lua refuses all the same: comments without an end, a `#` line. */
  readonly refusedTrivia: number[] = [];
  /** Offsets behind which no closing bracket of a level follows. */
  readonly #noneBehind = new Map<number, number>();
  #offset = 0;
  #startsLine = true;

  constructor(text: string, capacity: number) {
    this.text = text;
    this.kinds = new Uint8Array(capacity);
    this.starts = new Uint32Array(capacity + 1);
    this.flags = new Uint8Array(capacity);
  }

  /** Goes on until token number `index` is there, or the text ends. */
  fill(index: number): void {
    while (this.count <= index && !this.isComplete) this.#next();
    this.starts[this.count] = this.#offset;
  }

  /** What is there; the arrays are shared with the lexer, which must not be used any more. */
  finish(): TokenBuffer {
    const { text, count } = this;
    return {
      text,
      count,
      kinds: this.kinds.subarray(0, count),
      starts: this.starts.subarray(0, count),
      flags: this.flags.subarray(0, count),
    };
  }

  /** Ends a token at an offset inside it and goes on from there: what follows was not meant to be in it. */
  cut(index: number, end: number): void {
    this.#dropFrom(index + 1, end);
    this.flags[index] = (this.flags[index] ?? 0) | TokenFlag.malformed;
    this.#noteRefused(index);
    this.#startsLine = false;
  }

  /** Forgets all tokens from `count` on, behind one that means something: they are cut anew, in their full length. */
  retract(count: number): void {
    this.#dropFrom(count, this.starts[count] ?? 0);
    this.#startsLine = false;
  }

  /**
   * Replaces all tokens from `from` on by tokens of another text, whose offsets are moved by `delta`; the next one is
   * read behind them.
   */
  copy(from: number, source: TokenBuffer, first: number, last: number, delta: number): void {
    const size = last - first;
    while (this.kinds.length <= from + size) this.#grow();
    this.kinds.set(source.kinds.subarray(first, last), from);
    this.flags.set(source.flags.subarray(first, last), from);
    const { starts } = this;
    for (let index = 0; index < size; index++)
      starts[from + index] = (source.starts[first + index] ?? 0) + delta;
    const end = (last < source.count ? (source.starts[last] ?? 0) : source.text.length) + delta;
    this.#dropFrom(from + size, end);
    this.isComplete = last === source.count;
    this.#startsLine = end === 0;
  }

  /** Forgets tokens; the next one starts at `offset`. */
  #dropFrom(count: number, offset: number): void {
    this.count = count;
    this.#offset = offset;
    this.starts[count] = offset;
    this.isComplete = false;
    while ((this.refusedTrivia.at(-1) ?? -1) >= count) this.refusedTrivia.pop();
  }

  /** Comments are seen by no parser, so the reader of statements looks for these. */
  #noteRefused(index: number): void {
    const kind = this.kinds[index];
    const isComment = kind === TokenKind.blockComment || kind === TokenKind.shebang;
    if (isComment && this.refusedTrivia.at(-1) !== index) this.refusedTrivia.push(index);
  }

  #next(): void {
    const { text } = this;
    const offset = this.#offset;
    if (offset >= text.length) {
      this.#add(TokenKind.endOfFile, offset, 0);
      this.isComplete = true;
      return;
    }
    const code = text.charCodeAt(offset);
    if (isSpace(code)) this.#whiteSpace(offset);
    else if (isCharacter(code, CharacterClass.nameStart)) this.#word(offset);
    else if (isDigit(code)) this.#number(offset);
    else this.#mark(offset, code);
  }

  /** Everything that is neither white space nor a word nor a number with a digit in front. */
  #mark(offset: number, code: number): void {
    const { text } = this;
    switch (code) {
      case 0x22:
      case 0x27:
        this.#shortString(offset, code);
        return;
      case 0x2d:
        if (text.charCodeAt(offset + 1) === 0x2d) this.#comment(offset);
        else this.#add(TokenKind.minus, offset + 1, 0);
        return;
      case 0x2e:
        if (isDigit(text.charCodeAt(offset + 1))) this.#number(offset);
        else this.#operator(offset, code);
        return;
      case 0x5b: {
        const level = longBracketLevel(text, offset);
        if (level < 0) this.#add(TokenKind.openBracket, offset + 1, 0);
        else this.#long(TokenKind.longString, offset, level);
        return;
      }
      case 0x23:
        if (offset === 0) this.#shebang();
        else this.#add(TokenKind.hash, offset + 1, 0);
        return;
      default:
        this.#operator(offset, code);
    }
  }

  /** Adds a token from where the last one ended. */
  #add(kind: TokenKind, end: number, flags: number): void {
    const { count } = this;
    if (count + 1 >= this.kinds.length) this.#grow();
    this.kinds[count] = kind;
    this.starts[count] = this.#offset;
    const isTrivia = kind >= TokenKind.whiteSpace && kind <= TokenKind.shebang;
    if (this.#startsLine && !isTrivia) {
      this.flags[count] = flags | TokenFlag.firstOnLine;
      this.#startsLine = false;
    } else {
      this.flags[count] = flags;
    }
    this.#offset = end;
    this.count = count + 1;
  }

  #grow(): void {
    const size = this.kinds.length * 2 + 16;
    const { kinds, starts, flags } = this;
    this.kinds = new Uint8Array(size);
    this.kinds.set(kinds);
    this.starts = new Uint32Array(size + 1);
    this.starts.set(starts);
    this.flags = new Uint8Array(size);
    this.flags.set(flags);
  }

  #whiteSpace(start: number): void {
    const { text } = this;
    let end = start;
    let code = text.charCodeAt(end);
    do {
      if (isLineBreak(code)) this.#startsLine = true;
      code = text.charCodeAt(++end);
    } while (isSpace(code));
    this.#add(TokenKind.whiteSpace, end, 0);
  }

  #word(start: number): void {
    const { text } = this;
    let end = start + 1;
    while (isNamePart(text.charCodeAt(end))) end++;
    this.#add(wordKind(text, start, end), end, 0);
  }

  #number(start: number): void {
    const end = numberEnd(this.text, start);
    this.#add(TokenKind.number, end, isWellFormedNumber(this.text, start, end) ? 0 : TokenFlag.malformed);
  }

  /** Ends with its line, unless a backslash stands before the line break. */
  #shortString(start: number, quote: number): void {
    const { text } = this;
    let hasEscape = false;
    let offset = start + 1;
    while (offset < text.length) {
      const code = text.charCodeAt(offset);
      if (code === quote) {
        const isBad = hasEscape && malformedEscape(text, start + 1, offset) !== undefined;
        this.#add(TokenKind.shortString, offset + 1, isBad ? TokenFlag.malformed : 0);
        return;
      }
      if (isLineBreak(code)) break;
      hasEscape ||= code === 0x5c;
      offset = code === 0x5c ? afterEscape(text, offset) : offset + 1;
    }
    this.#add(TokenKind.shortString, Math.min(offset, text.length), TokenFlag.malformed);
  }

  #comment(start: number): void {
    const level = longBracketLevel(this.text, start + 2);
    if (level < 0) this.#add(TokenKind.lineComment, lineEnd(this.text, start), 0);
    else this.#long(TokenKind.blockComment, start + 2, level);
  }

  /** A long string or comment, from its bracket on. */
  #long(kind: TokenKind, bracket: number, level: number): void {
    const closing = level === 0 ? "]]" : `]${"=".repeat(level)}]`;
    const content = bracket + level + 2;
    // A text full of open brackets is searched to its end once only.
    const isKnown = content >= (this.#noneBehind.get(level) ?? Number.POSITIVE_INFINITY);
    const found = isKnown ? -1 : this.text.indexOf(closing, content);
    const isOpen = found < 0;
    if (isOpen && !isKnown) this.#noneBehind.set(level, content);
    this.#add(kind, isOpen ? this.text.length : found + closing.length, isOpen ? TokenFlag.malformed : 0);
    if (isOpen) this.#noteRefused(this.count - 1);
  }

  /** Other Luas skip such a line; the one in the sandbox is given texts, not files, and refuses it. */
  #shebang(): void {
    this.#add(TokenKind.shebang, lineEnd(this.text, 0), TokenFlag.malformed);
    this.#noteRefused(this.count - 1);
  }

  #operator(offset: number, code: number): void {
    const next = this.text.charCodeAt(offset + 1);
    const double = doubleOperator(code, next);
    if (double === TokenKind.concat && this.text.charCodeAt(offset + 2) === 0x2e) {
      this.#add(TokenKind.ellipsis, offset + 3, 0);
    } else if (double !== TokenKind.unknown) {
      this.#add(double, offset + 2, 0);
    } else {
      const single = singleOperator(code);
      const isPair = single === TokenKind.unknown && (this.text.codePointAt(offset) ?? 0) > 0xffff;
      this.#add(single, offset + (isPair ? 2 : 1), 0);
    }
  }
}

/** Number of `=` in the long bracket that opens at `offset`; -1 when none does. */
export function longBracketLevel(text: string, offset: number): number {
  if (text.charCodeAt(offset) !== 0x5b) return -1;
  let end = offset + 1;
  while (text.charCodeAt(end) === 0x3d) end++;
  return text.charCodeAt(end) === 0x5b ? end - offset - 1 : -1;
}

/** The offset behind a backslash and what belongs to it in any case, be the escape good or bad. */
function afterEscape(text: string, backslash: number): number {
  const code = text.charCodeAt(backslash + 1);
  return code === 0x7a || isLineBreak(code) ? readEscape(text, backslash).end : backslash + 2;
}
