import { isTrivia, type TokenBuffer, TokenFlag, TokenKind, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { Span } from "#language/syntax/tree.ts";
import { commentForcesBreak } from "./gap.ts";
import { spaceBetween } from "./token-spacing.ts";

/** How the line may break before a token. */
export const GapKind = {
  /** Not at all, unless a comment forces it. */
  never: 0,
  /** Where its group is broken; what follows is indented one level. */
  inner: 1,
  /** Where the author broke it, or its group is broken; what follows is indented one level. */
  kept: 2,
  /** Where its group is broken, back to the indentation of the group. */
  close: 3,
  /** Where its group was broken anywhere: the `then` behind a condition of several lines. */
  follow: 4,
} as const;

export type GapKind = (typeof GapKind)[keyof typeof GapKind];

/** What is printed behind a token, whatever stood there in the source. */
export const Separator = {
  none: 0,
  comma: 1,
  /** A comma if the line breaks behind it: the last field of a table. */
  trailingComma: 2,
  semicolon: 3,
} as const;

export type Separator = (typeof Separator)[keyof typeof Separator];

/** Tokens that stand on one line or are broken together: a table, arguments, a block, operands. */
export interface Group {
  readonly first: number;
  readonly last: number;
  /** The source demands it, or the printer found that the line is too short. */
  isBroken: boolean;
  /** Whether a line that is too long breaks this group. */
  readonly canBreak: boolean;
  /** Up to here the group must fit on the line; what follows breaks by itself. -1: all of it. */
  readonly hugAt: number;
  readonly keepsBlankLines: boolean;
  /** Broken, it is filled: as much on each line as fits, but for the breaks of the author. */
  readonly isFilled: boolean;
  /** For the printer: a line was broken in it. */
  hasBreak: boolean;
  /** For the printer: levels of indentation where it starts, and where its lines go on. */
  base: number;
  indent: number;
}

/**
 * What the tree says about each gap between tokens, in arrays by token index. The tree is walked once to fill them, the
 * printer then needs the tokens only. So comments stay in the gap in which they were written, and no token can be lost.
 */
export class Layout {
  readonly tokens: TokenBuffer;
  /** 1 where a space stands before the token when its line is not broken there. */
  readonly spaces: Uint8Array;
  readonly gaps: Uint8Array;
  /** Index of the group that decides about the gap. */
  readonly owners: Uint32Array;
  /** 1 where the author broke a line that stays broken (`kept` gaps). */
  readonly breaks: Uint8Array;
  readonly separators: Uint8Array;
  /** 1 for tokens that are not printed: their work is done by separators. */
  readonly dropped: Uint8Array;
  /** In the order in which they start, outer ones first. */
  readonly groups: Group[] = [];
  /** Where the statement that is laid out begins. */
  base = 0;
  /** How many line breaks are certain so far; grows while a part is walked that holds some. */
  certainBreaks = 0;
  /** 1 for tokens with such a comment before them. */
  readonly #isForced: Uint8Array;
  /** Number of gaps up to each token in which a comment forces a break. */
  readonly #forced: Uint32Array;

  constructor(tokens: TokenBuffer) {
    const { count } = tokens;
    this.tokens = tokens;
    this.spaces = new Uint8Array(count);
    this.gaps = new Uint8Array(count);
    this.owners = new Uint32Array(count);
    this.breaks = new Uint8Array(count);
    this.separators = new Uint8Array(count);
    this.dropped = new Uint8Array(count);
    this.#forced = new Uint32Array(count);
    this.#isForced = new Uint8Array(count);
    this.#scan();
  }

  /** The token that starts at an offset of the current statement. */
  tokenAt(offset: number): number {
    return tokenIndexAt(this.tokens, this.base + offset);
  }

  firstOf({ start }: Span): number {
    return this.tokenAt(start);
  }

  lastOf({ end }: Span): number {
    return this.tokenAt(end - 1);
  }

  kindOf(token: number): number {
    return this.tokens.kinds[token] ?? TokenKind.endOfFile;
  }

  /** The next token that means something. */
  after(token: number): number {
    let next = token + 1;
    while (isTrivia(this.kindOf(next))) next++;
    return next;
  }

  /** Whether the author began a line with this token, or a comment before it makes it begin one. */
  isFirstOnLine(token: number): boolean {
    return ((this.tokens.flags[token] ?? 0) & TokenFlag.firstOnLine) !== 0 || this.#isForced[token] === 1;
  }

  /** Whether a comment between two tokens, or before the second one, needs a line of its own or ends one. */
  hasForcedBreak(first: number, last: number): boolean {
    return (this.#forced[last] ?? 0) > (this.#forced[first] ?? 0);
  }

  /** Whether the author, or a comment, breaks the line before `token`, or before the separator in front of it. */
  isBrokenBefore(token: number, previous: number): boolean {
    for (let index = previous + 1; index <= token; index++) if (this.isFirstOnLine(index)) return true;
    return false;
  }

  open(span: Span, options: Partial<Group> = {}): number {
    return this.openTokens(this.firstOf(span), this.lastOf(span), options);
  }

  openTokens(first: number, last: number, options: Partial<Group> = {}): number {
    const group: Group = {
      first,
      last,
      isBroken: false,
      canBreak: true,
      hugAt: -1,
      keepsBlankLines: false,
      isFilled: false,
      hasBreak: false,
      base: 0,
      indent: 0,
      ...options,
    };
    return this.groups.push(group) - 1;
  }

  /** The group is broken whatever its length. */
  breakGroup(group: number): void {
    const found = this.groups[group];
    if (!found || found.isBroken) return;
    found.isBroken = true;
    this.certainBreaks++;
  }

  gap(token: number, kind: GapKind, group: number): void {
    this.gaps[token] = kind;
    this.owners[token] = group;
  }

  keepBreak(token: number): void {
    this.breaks[token] = 1;
    this.certainBreaks++;
  }

  /** A comma, or nothing, is printed behind `token` in the place of the separator that may follow it. */
  separate(token: number, separator: Separator): void {
    this.separators[token] = separator;
    const next = this.after(token);
    const kind = this.kindOf(next);
    if (kind === TokenKind.comma || kind === TokenKind.semicolon) this.dropped[next] = 1;
  }

  #scan(): void {
    const { kinds, count } = this.tokens;
    let previous = -1;
    let forced = 0;
    for (let token = 0; token < count; token++) {
      const kind = kinds[token] ?? TokenKind.endOfFile;
      if (isTrivia(kind)) {
        if (kind !== TokenKind.whiteSpace && commentForcesBreak(this.tokens, token)) forced++;
      } else {
        if (forced > (this.#forced[Math.max(0, previous)] ?? 0)) this.#isForced[token] = 1;
        if (previous >= 0) this.spaces[token] = spaceBetween(kinds[previous] ?? 0, kind) ? 1 : 0;
        previous = token;
      }
      this.#forced[token] = forced;
    }
  }
}
