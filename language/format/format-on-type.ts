import { isTrivia, TokenKind, tokenEnd, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { SourceTree } from "#language/syntax/tree.ts";
import { enclosingOpener, previousToken } from "./enclosing-opener.ts";
import type { FormatOptions } from "./format-options.ts";
import type { TextChange } from "./formatted-text.ts";
import { countBreaks } from "./gap.ts";
import { lacksEnd } from "./missing-end.ts";

/** Characters behind which `formatOnType` has something to do: the last ones of `end`, `else`, `elseif`, `until`. */
export const typedTriggers: readonly [string, ...string[]] = ["\n", "}", ")", "d", "e", "f", "l"];

/**
 * What changes when a character was typed before `offset`: a new line is indented, and gets the `end` of the block that
 * begins above it if that certainly has none; a line that a closing word or bracket begins goes to the indentation of
 * what it closes.
 */
export function formatOnType(
  tree: SourceTree,
  offset: number,
  typed: string,
  options: Pick<FormatOptions, "indentSize" | "useTabs">,
): TextChange[] {
  const line = lineAt(tree.text, offset);
  const unit = options.useTabs ? "\t" : " ".repeat(options.indentSize);
  if (typed === "\n") return newLine(tree, line, unit);
  const token = tokenIndexAt(tree.tokens, offset - 1);
  const isAlone = tree.tokens.starts[token] === line.content && tokenEnd(tree.tokens, token) === offset;
  if (!isAlone || !closesSomething.has(tree.tokens.kinds[token] ?? 0)) return [];
  const opener = enclosingOpener(tree, token);
  return opener === undefined ? [] : indentTo(tree.text, line, indentationOf(tree, opener));
}

/** A line of the text: offsets. */
interface Line {
  readonly start: number;
  /** The first character that is no blank. */
  readonly content: number;
  /** Before the line break. */
  readonly end: number;
}

function newLine(tree: SourceTree, line: Line, unit: string): TextChange[] {
  const { text, tokens } = tree;
  const next = firstTokenFrom(tree, line.start);
  const previous = previousToken(tree, next);
  if (previous === undefined || isInsideText(tree, line.start)) return [];
  const opener = enclosingOpener(tree, next);
  if (opener === undefined) return endsStatement(tree, previous) ? indentTo(text, line, "") : [];
  const outer = indentationOf(tree, opener);
  const isBelow = countBreaks(text, tokenEnd(tokens, previous), line.start) === 1;
  if (isBelow && opensBlockAt(tree, opener, previous) && needsEnd(tree, line, opener))
    return withEnd(text, line, outer, unit);
  const closes = (tokens.starts[next] ?? 0) === line.content && closesSomething.has(tokens.kinds[next] ?? 0);
  return indentTo(text, line, closes ? outer : outer + unit);
}

/** The block goes on at the cursor, its `end` stands on the line below with what stood behind the cursor. */
function withEnd(text: string, line: Line, outer: string, unit: string): TextChange[] {
  const rest = text.slice(line.content, line.end).trimEnd();
  const lineBreak = text.startsWith("\r\n", line.end) ? "\r\n" : "\n";
  const below = line.end + lineBreak.length;
  return [
    { start: line.start, end: line.end, text: outer + unit },
    { start: below, end: below, text: `${outer}end${rest}${lineBreak}` },
  ];
}

/**
 * The cursor would move behind an `end` that is put in at its own place, so there must be a line below. What stands
 * there deeper than the opener may be meant as the block's content: then its end is not ours to choose.
 */
function needsEnd(tree: SourceTree, line: Line, opener: number): boolean {
  const { text } = tree;
  if (line.end >= text.length) return false;
  const rest = text.slice(line.content, line.end).trimEnd();
  if (rest !== "" && !/^[)},\]]/.test(rest)) return false;
  if (!lacksEnd(tree, opener)) return false;
  const following = /[^\s]/.exec(text.slice(line.end))?.index;
  if (following === undefined) return true;
  const { start, content } = lineAt(text, line.end + following);
  return content - start <= indentationOf(tree, opener).length;
}

/** Whether `last` is the word or parenthesis behind which the block of `opener` begins. */
function opensBlockAt(tree: SourceTree, opener: number, last: number): boolean {
  const { kinds } = tree.tokens;
  const kind = kinds[last];
  switch (kinds[opener]) {
    case TokenKind.function:
      return kind === TokenKind.closeParenthesis;
    case TokenKind.if: {
      if (kind !== TokenKind.then) return false;
      for (let token = opener + 1; token < last; token++) if (kinds[token] === TokenKind.then) return false;
      return true;
    }
    case TokenKind.do:
      return opener === last;
    default:
      return false;
  }
}

/** A line break inside a long string or a comment is its author's own. */
function isInsideText(tree: SourceTree, offset: number): boolean {
  const token = tokenIndexAt(tree.tokens, offset);
  const kind = tree.tokens.kinds[token] ?? 0;
  const isText =
    kind === TokenKind.longString || kind === TokenKind.shortString || kind === TokenKind.blockComment;
  return isText && (tree.tokens.starts[token] ?? 0) < offset;
}

function firstTokenFrom(tree: SourceTree, offset: number): number {
  let token = tokenIndexAt(tree.tokens, offset);
  if ((tree.tokens.starts[token] ?? 0) < offset) token++;
  while (isTrivia(tree.tokens.kinds[token] ?? 0)) token++;
  return token;
}

function endsStatement(tree: SourceTree, token: number): boolean {
  const end = tokenEnd(tree.tokens, token);
  return tree.statements.some(
    ({ length, problems }, index) => (tree.offsets[index] ?? 0) + length === end && problems.length === 0,
  );
}

function indentTo(text: string, { start, content }: Line, indentation: string): TextChange[] {
  return text.slice(start, content) === indentation ? [] : [{ start, end: content, text: indentation }];
}

/** The blanks at the start of the line on which a token stands. */
function indentationOf(tree: SourceTree, token: number): string {
  const { start, content } = lineAt(tree.text, tree.tokens.starts[token] ?? 0);
  return tree.text.slice(start, content);
}

function lineAt(text: string, offset: number): Line {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const next = text.indexOf("\n", offset);
  let end = next < 0 ? text.length : next;
  if (text[end - 1] === "\r" && end > start) end--;
  let content = start;
  while (content < end && (text[content] === " " || text[content] === "\t")) content++;
  return { start, content, end };
}

const closesSomething: ReadonlySet<number> = new Set([
  TokenKind.closeBrace,
  TokenKind.closeParenthesis,
  TokenKind.closeBracket,
  TokenKind.end,
  TokenKind.else,
  TokenKind.elseif,
  TokenKind.until,
]);
