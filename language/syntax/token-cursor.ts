import type { Lexer } from "#language/syntax/lexer.ts";
import { TokenFlag, TokenKind } from "#language/syntax/tokens.ts";
import type { Span } from "#language/syntax/tree.ts";

/** So many tokens are cut at once. */
const batch = 256;

const unmeasured = { index: -1, indent: 0 };

/** Shorter slices are copies anyway. */
const shortestPointer = 12;

/** Where a cursor is; a cursor is its own. */
export interface CursorPlace {
  readonly index: number;
  readonly previous: number;
  readonly kind: number;
  readonly previousEnd: number;
}

/** Reads the tokens that mean something, one after the other. All offsets that it gives are relative to `base`. */
export class TokenCursor {
  readonly lexer: Lexer;
  readonly #ownsText: boolean;
  /** Where the statement that is read begins. */
  base = 0;
  /** Number of the current token, and its kind. */
  index = 0;
  kind: number = TokenKind.endOfFile;
  /** Where the last token that was read ends. */
  previousEnd = 0;
  /** Number of the last token that was read. */
  previous = 0;
  /** Number of the furthest token that was looked at. */
  furthest = 0;
  /** The token whose line was measured last. */
  #measured = unmeasured;

  /** `ownsText`: the strings that it gives must not keep the whole text in memory. */
  constructor(lexer: Lexer, ownsText: boolean) {
    this.lexer = lexer;
    this.#ownsText = ownsText;
  }

  get start(): number {
    return (this.lexer.starts[this.index] ?? 0) - this.base;
  }

  get end(): number {
    return (this.lexer.starts[this.index + 1] ?? 0) - this.base;
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  get text(): string {
    const { starts, text } = this.lexer;
    return this.own(text.slice(starts[this.index], starts[this.index + 1]));
  }

  /**
   * A string that outlives the text. Engines make a slice of a text by pointing into it; a statement that stays while
   * its file changes a thousand times would keep the text of the day on which it was parsed.
   */
  own(slice: string): string {
    return this.#ownsText && slice.length > shortestPointer ? ` ${slice}`.slice(1) : slice;
  }

  /** The last token that was read. */
  get previousText(): string {
    const { starts, text } = this.lexer;
    return text.slice(starts[this.previous], starts[this.previous + 1]);
  }

  get isFirstOnLine(): boolean {
    return this.startsLine(this.index);
  }

  /** Whether a token, by its number, is the first one on its line. */
  startsLine(index: number): boolean {
    return ((this.lexer.flags[index] ?? 0) & TokenFlag.firstOnLine) !== 0;
  }

  /** The kind of a token, by its number. */
  kindOf(index: number): number {
    return this.lexer.kinds[index] ?? TokenKind.endOfFile;
  }

  get isMalformed(): boolean {
    return ((this.lexer.flags[this.index] ?? 0) & TokenFlag.malformed) !== 0;
  }

  /** Begins to read at a token (white space and comments are passed over), with offsets relative to `base`. */
  begin(index: number, base: number): void {
    this.base = base;
    this.furthest = index;
    this.#measured = unmeasured;
    this.#goTo(index);
    this.previousEnd = this.start;
    this.previous = this.index - 1;
  }

  /** Begins to read again at a place where the cursor was. */
  returnTo({ index, previous, kind, previousEnd }: CursorPlace): void {
    this.index = index;
    this.previous = previous;
    this.kind = kind;
    this.previousEnd = previousEnd;
  }

  /** Goes to the next token that means something. */
  skip(): void {
    const { lexer, index } = this;
    if (this.kind === TokenKind.endOfFile) return;
    this.previousEnd = (lexer.starts[index + 1] ?? 0) - this.base;
    this.previous = index;
    this.#goTo(index + 1);
  }

  /** Goes to the next token that means something; gives the span of the one that was there. */
  take(): Span {
    const { span } = this;
    this.skip();
    return span;
  }

  /** The span of the token if it is of that kind, which is then read. */
  accept(kind: number): Span | undefined {
    return this.kind === kind ? this.take() : undefined;
  }

  /** Reads the token if it is of that kind. */
  passes(kind: number): boolean {
    if (this.kind !== kind) return false;
    this.skip();
    return true;
  }

  /** The kind of the token behind the current one. */
  peek(): number {
    return this.kindOf(this.significant(this.index + 1));
  }

  /** Number of the first token from `from` on that is neither white space nor a comment. */
  significant(from: number): number {
    const { lexer } = this;
    let index = from;
    for (;;) {
      if (index >= lexer.count) lexer.fill(index + batch);
      const kind = lexer.kinds[index] ?? 0;
      if (kind > TokenKind.shebang || kind === TokenKind.endOfFile) break;
      index++;
    }
    const last = Math.min(index, lexer.count - 1);
    if (last > this.furthest) this.furthest = last;
    return last;
  }

  /** How far the line of a token is indented; 0 when the line began in another statement. */
  indentOfLine(index: number): number {
    const { flags, starts } = this.lexer;
    let first = index;
    while (first > 0 && ((flags[first] ?? 0) & TokenFlag.firstOnLine) === 0) {
      // Lines of millions of tokens are passed over once, not once for each token.
      if (first === this.#measured.index) return this.#noteIndent(index, this.#measured.indent);
      first--;
      if ((starts[first] ?? 0) < this.base) return this.#noteIndent(index, 0);
    }
    return this.#noteIndent(index, this.columnOf(first));
  }

  #noteIndent(index: number, indent: number): number {
    this.#measured = { index, indent };
    return indent;
  }

  /** Characters between a token and the start of its line, or of the statement. */
  columnOf(index: number): number {
    const { starts, text } = this.lexer;
    const offset = starts[index] ?? 0;
    let start = offset;
    while (start > this.base) {
      const code = text.charCodeAt(start - 1);
      if (code === 10 || code === 13) break;
      start--;
    }
    return offset - start;
  }

  #goTo(from: number): void {
    this.index = this.significant(from);
    this.kind = this.kindOf(this.index);
  }
}
