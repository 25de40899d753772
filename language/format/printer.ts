import { isTrivia, TokenKind, tokenEnd } from "#language/syntax/tokens.ts";
import type { FormatOptions } from "./format-options.ts";
import type { FormattedText } from "./formatted-text.ts";
import { type Gap, type GapComment, readGap } from "./gap.ts";
import { GapKind, type Group, type Layout, Separator } from "./layout.ts";
import { breaksBefore, closeBehind, fits, hasTrailingComma } from "./line-fit.ts";
import { TrailingComments } from "./trailing-comments.ts";

/** How the line goes on behind a gap that breaks it. */
interface LineBreak {
  /** Levels of indentation of the next token. */
  readonly indent: number;
  /** Those of comments on lines of their own. */
  readonly commentIndent: number;
  /** The next token closes something: no blank line stands before it, no comment on its line. */
  readonly closes: boolean;
  readonly keepsBlankLines: boolean;
  /** Nothing stands in the block, or in the file, before the gap. */
  readonly isStart: boolean;
}

/** Prints tokens with the gaps that the layout asks for, and breaks groups that don't fit on their line. */
export class Printer {
  readonly #layout: Layout;
  readonly #options: FormatOptions;
  readonly #output: FormattedText;
  readonly #comments: TrailingComments;
  readonly #open: Group[] = [];
  readonly #indentations: string[] = [""];
  #nextGroup = 0;
  /** The last token that was printed; -1 at the start of the text. */
  #previous = -1;
  /** What stands between the last part that was printed and the next one. */
  #pending = "";
  #column = 0;
  #line = 0;
  /** The part before which the current gap broke a line first, and whether it holds a blank line. */
  #firstBreak: number | undefined;
  #hasBlankLine = false;

  constructor(layout: Layout, options: FormatOptions, output: FormattedText) {
    this.#layout = layout;
    this.#options = options;
    this.#output = output;
    this.#comments = new TrailingComments(layout.tokens.text);
  }

  /** Number of the current line of the output. */
  get line(): number {
    return this.#line;
  }

  /** Prints the tokens of an outermost statement; the gap before them is printed already. */
  statement(first: number, last: number): void {
    for (let token = first; token <= last; token++) {
      if (isTrivia(this.#layout.kindOf(token)) || this.#layout.dropped[token] === 1) continue;
      if (token !== first) this.#gap(token, last);
      this.#token(token, last);
    }
  }

  /** A part of the source as it is, with the gap before it. `last` is its last token. */
  verbatim(start: number, end: number, last: number): void {
    this.#add(start, end, true);
    this.#previous = last;
  }

  /**
   * The gap before an outermost statement or the end of the file. Gives the number of the part before which a blank
   * line may be put in; undefined when there is one already, or nothing before it. Comments are not aligned across the
   * borders of declarations.
   */
  outermostGap(token: number, isBorder: boolean): number | undefined {
    this.#firstBreak = undefined;
    this.#hasBlankLine = false;
    const isStart = this.#previous < 0;
    const closes = this.#layout.kindOf(token) === TokenKind.endOfFile;
    const gap = readGap(this.#layout.tokens, this.#previous, token);
    if (isStart && closes && gap.comments.length === 0) return undefined;
    this.#break(gap, { indent: 0, commentIndent: 0, closes, keepsBlankLines: true, isStart });
    if (isBorder) this.#comments.align(this.#output);
    return this.#hasBlankLine ? undefined : this.#firstBreak;
  }

  /** The last part: the end of the file. */
  finish(): void {
    const { length } = this.#layout.tokens.text;
    this.#add(length, length, true);
    this.#comments.align(this.#output);
  }

  #token(token: number, last: number): void {
    const layout = this.#layout;
    const start = layout.tokens.starts[token] ?? 0;
    this.#openGroups(token, last);
    this.#add(start, tokenEnd(layout.tokens, token), true);
    this.#put(this.#separator(token));
    this.#previous = token;
    while (this.#open.at(-1)?.last === token) this.#open.pop();
  }

  #separator(token: number): string {
    const separator = this.#layout.separators[token];
    if (separator === Separator.none) return "";
    if (separator === Separator.comma) return ",";
    if (separator === Separator.semicolon) return ";";
    return hasTrailingComma(this.#layout, closeBehind(this.#layout, token)) ? "," : "";
  }

  #openGroups(token: number, last: number): void {
    const { groups } = this.#layout;
    for (; ; this.#nextGroup++) {
      const group = groups[this.#nextGroup];
      if (!group || group.first > token) return;
      group.base = this.#open.at(-1)?.indent ?? 0;
      group.indent = group.base;
      this.#open.push(group);
      if (group.canBreak && !group.isBroken) group.isBroken = !this.#fits(token, last, group.hugAt);
    }
  }

  #fits(from: number, last: number, hugAt: number): boolean {
    return fits(this.#layout, { from, column: this.#column, last, hugAt }, this.#options.lineWidth);
  }

  #gap(token: number, last: number): void {
    const layout = this.#layout;
    const gap = readGap(layout.tokens, this.#previous, token);
    const isForced = layout.hasForcedBreak(this.#previous, token);
    if (isForced || this.#breaksBefore(token, last)) this.#brokenGap(gap, token, last);
    else this.#inline(gap, token);
  }

  #brokenGap(gap: Gap, token: number, last: number): void {
    const layout = this.#layout;
    const kind = layout.gaps[token] ?? GapKind.never;
    const group = layout.groups[layout.owners[token] ?? 0];
    if (kind === GapKind.never || !group) {
      this.#continue(gap);
      return;
    }
    this.#breakIn(group, kind, gap);
    const mayBeLong = kind === GapKind.kept && group.canBreak && !group.isBroken;
    if (mayBeLong) group.isBroken = !this.#fits(token, last, group.hugAt);
  }

  #breaksBefore(token: number, last: number): boolean {
    const layout = this.#layout;
    if (breaksBefore(layout, token)) return true;
    const group = layout.groups[layout.owners[token] ?? 0];
    if (layout.gaps[token] !== GapKind.kept || !group?.isFilled || !group.isBroken) return false;
    const column = this.#column + (layout.spaces[token] ?? 0);
    return !fits(layout, { from: token, column, last, hugAt: -1, part: group }, this.#options.lineWidth);
  }

  /** A line that a comment breaks where none is broken otherwise. */
  #continue(gap: Gap): void {
    const indent = (this.#open.at(-1)?.indent ?? 0) + 1;
    this.#break(gap, { indent, commentIndent: indent, closes: false, keepsBlankLines: false, isStart: true });
  }

  #breakIn(group: Group, kind: number, gap: Gap): void {
    const closes = kind === GapKind.close || kind === GapKind.follow;
    const isStart = !group.hasBreak || opensBlock.has(this.#layout.kindOf(this.#previous));
    group.hasBreak = true;
    group.indent = closes ? group.base : group.base + 1;
    const { keepsBlankLines } = group;
    this.#break(gap, {
      indent: group.indent,
      commentIndent: group.base + 1,
      closes,
      keepsBlankLines,
      isStart,
    });
  }

  /** Comments on the line of the token before, then those on lines of their own, then the line of the next token. */
  #break({ comments, breaksAfter }: Gap, to: LineBreak): void {
    const isFileStart = this.#previous < 0;
    const own = to.closes ? comments.length : firstOnNextLine(comments, breaksAfter);
    let isStart = to.isStart;
    const begin = (indent: number, breaks: number, closes: boolean): void => {
      const hasBlank = breaks > 1 && to.keepsBlankLines && !isStart && !closes;
      if (!isFileStart || !isStart) this.#newLine(indent, hasBlank);
      isStart = false;
    };
    for (const [index, comment] of comments.entries()) {
      const isBehind = comment.breaksBefore === 0 && !(isFileStart && index === 0);
      const isAligned = isBehind && comment.isLine && index === 0;
      if (isBehind && index !== own) this.#put(spaceBefore(comment, index));
      else begin(index === own ? to.indent : to.commentIndent, comment.breaksBefore, false);
      this.#comment(comment, isAligned);
    }
    if (own < comments.length) this.#put(" ");
    else begin(to.indent, breaksAfter, to.closes);
  }

  #comment({ start, end }: GapComment, isAligned: boolean): void {
    const place = { part: this.#output.length, start, line: this.#line, column: this.#column };
    if (isAligned) this.#comments.add(this.#output, place);
    this.#add(start, end, false);
  }

  /** Block comments amid a line. */
  #inline({ comments }: Gap, token: number): void {
    const space = this.#layout.spaces[token] === 1;
    if (comments.length === 0) {
      if (space) this.#put(" ");
      return;
    }
    for (const [index, { start, end }] of comments.entries()) {
      if (index > 0 || space || !opens.has(this.#layout.kindOf(this.#previous))) this.#put(" ");
      this.#add(start, end, false);
    }
    if (space || !closesOrSeparates.has(this.#layout.kindOf(token))) this.#put(" ");
  }

  /** New text without a line break. */
  #put(text: string): void {
    this.#pending += text;
    this.#column += text.length;
  }

  #newLine(indent: number, hasBlank: boolean): void {
    this.#firstBreak ??= this.#output.length;
    if (hasBlank) this.#hasBlankLine = true;
    this.#pending += hasBlank ? "\n\n" : "\n";
    this.#line += hasBlank ? 2 : 1;
    this.#pending += this.#indentation(indent);
    this.#column = indent * this.#options.indentSize;
  }

  #indentation(level: number): string {
    const unit = this.#options.useTabs ? "\t" : " ".repeat(this.#options.indentSize);
    for (let next = this.#indentations.length; next <= level; next++)
      this.#indentations.push(unit.repeat(next));
    return this.#indentations[level] ?? "";
  }

  /** Adds a part of the source, and counts its lines and columns. */
  #add(start: number, end: number, isToken: boolean): void {
    this.#output.add({ start, end }, this.#pending, isToken);
    this.#pending = "";
    const { text } = this.#layout.tokens;
    let lineStart = -1;
    for (let offset = start; offset < end; offset++) {
      const code = text.charCodeAt(offset);
      if (code === 13 && text.charCodeAt(offset + 1) === 10) offset++;
      if (code !== 10 && code !== 13) continue;
      this.#line++;
      lineStart = offset + 1;
    }
    if (lineStart < 0) this.#column += end - start;
    else this.#column = end - lineStart;
  }
}

/** What stands before a comment behind something else; two comments side by side stay so. */
function spaceBefore({ isBeside, isLine }: GapComment, index: number): string {
  if (isBeside && index > 0) return "";
  return isLine ? "  " : " ";
}

/** Number of the first comment that stands on the line of the next token. */
function firstOnNextLine(comments: readonly GapComment[], breaksAfter: number): number {
  if (breaksAfter > 0) return comments.length;
  const last = comments.findLastIndex(({ breaksBefore }) => breaksBefore > 0);
  return Math.max(0, last);
}

/** Behind these begins another block of the same construct. */
const opensBlock: ReadonlySet<number> = new Set([TokenKind.then, TokenKind.else, TokenKind.do]);

const opens: ReadonlySet<number> = new Set([
  TokenKind.openParenthesis,
  TokenKind.openBrace,
  TokenKind.openBracket,
]);

const closesOrSeparates: ReadonlySet<number> = new Set([
  TokenKind.closeParenthesis,
  TokenKind.closeBrace,
  TokenKind.closeBracket,
  TokenKind.comma,
  TokenKind.semicolon,
]);
