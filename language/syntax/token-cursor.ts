import { isTrivia, type TokenBuffer, TokenFlag, TokenKind, tokenEnd } from "#language/syntax/tokens.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Reads the tokens that mean something, one after the other. All offsets that it gives are relative to `base`. */
export class TokenCursor {
  readonly tokens: TokenBuffer;
  /** Where the statement that is read begins. */
  base = 0;
  #index: number;
  /** The last token that was read, for the end of nodes. */
  #previous = -1;
  #furthest = 0;

  constructor(tokens: TokenBuffer, index = 0) {
    this.tokens = tokens;
    this.#index = this.#significant(index);
  }

  get index(): number {
    return this.#index;
  }

  get kind(): number {
    return this.tokens.kinds[this.#index] ?? TokenKind.endOfFile;
  }

  get start(): number {
    return (this.tokens.starts[this.#index] ?? 0) - this.base;
  }

  get end(): number {
    return tokenEnd(this.tokens, this.#index) - this.base;
  }

  get span(): Span {
    return { start: this.start, end: this.end };
  }

  get text(): string {
    return this.tokens.text.slice(this.start + this.base, this.end + this.base);
  }

  /** Where the last token that was read ends. */
  get previousEnd(): number {
    return this.#previous < 0 ? 0 : tokenEnd(this.tokens, this.#previous) - this.base;
  }

  get isFirstOnLine(): boolean {
    return ((this.tokens.flags[this.#index] ?? 0) & TokenFlag.firstOnLine) !== 0;
  }

  get isMalformed(): boolean {
    return ((this.tokens.flags[this.#index] ?? 0) & TokenFlag.malformed) !== 0;
  }

  /** Index of the furthest token that was looked at. */
  get furthest(): number {
    return this.#furthest;
  }

  /** Goes to the next token that means something; gives the span of the one that was there. */
  advance(): Span {
    const { span } = this;
    this.#previous = this.#index;
    if (this.kind !== TokenKind.endOfFile) this.#index = this.#significant(this.#index + 1);
    return span;
  }

  /** The kind of the token behind the current one. */
  peek(): number {
    return this.tokens.kinds[this.#significant(this.#index + 1)] ?? TokenKind.endOfFile;
  }

  /** The span of the token if it is of that kind, which is then read. */
  accept(kind: number): Span | undefined {
    return this.kind === kind ? this.advance() : undefined;
  }

  /** Column of the first token on the line of a token: how far the line is indented. */
  indentOfLine(index: number): number {
    let first = index;
    while (first > 0 && ((this.tokens.flags[first] ?? 0) & TokenFlag.firstOnLine) === 0) first--;
    return this.columnOf(first);
  }

  columnOf(index: number): number {
    const offset = this.tokens.starts[index] ?? 0;
    const { text } = this.tokens;
    let start = offset;
    while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) !== 13) start--;
    return offset - start;
  }

  /** Forgets what was read since a mark. */
  rewind({ index, previous }: { readonly index: number; readonly previous: number }): void {
    this.#index = index;
    this.#previous = previous;
  }

  mark(): { readonly index: number; readonly previous: number } {
    return { index: this.#index, previous: this.#previous };
  }

  #significant(from: number): number {
    let index = from;
    while (index < this.tokens.count && isTrivia(this.tokens.kinds[index] ?? 0)) index++;
    if (index > this.#furthest) this.#furthest = index;
    return index;
  }
}
