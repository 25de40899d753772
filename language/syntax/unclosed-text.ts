import { isLineBreak, lineEnd } from "#language/syntax/characters.ts";
import { longBracketLevel } from "#language/syntax/lexer.ts";

/** A line at the left edge that reads like Lua and hardly like prose. */
const declaration =
  /local[ \t]+[A-Za-z_]|function[ \t]+[A-Za-z_]|return\b|[A-Za-z_][\w.]*(?:[ \t]*=(?!=)|[ \t]*\{|\(|[ \t]*"[^"\n]*"[ \t]*\{)/y;

/** A line at the left edge that closes what a declaration opened. */
const closing = /(?:end|[})\]])[})\],;]*[ \t]*(?=[\r\n]|$)/y;

const blank = /[ \t]*(?=[\r\n]|$)/y;

/**
 * Where a long string or comment should have ended, given that the text around it is damaged: at the end of the line
 * before the next declaration. Undefined when nothing speaks for another end. One that has an end is doubted only if
 * the same bracket opens again behind a declaration inside it, since then that end belongs to the second opening.
 */
export function likelyEndOfLong(
  text: string,
  start: number,
  end: number,
  isOpen: boolean,
): number | undefined {
  const line = firstDeclaration(text, start, end);
  if (!isOpen) {
    if (line === undefined) return undefined;
    const bracket = text.indexOf("[", start);
    const opening = text.slice(bracket, bracket + longBracketLevel(text, bracket) + 2);
    const again = text.indexOf(opening, line);
    return again >= 0 && again < end ? beforeClosing(text, start, line) : undefined;
  }
  const last = beforeClosing(text, start, line ?? end);
  return line === undefined && last === end ? undefined : last;
}

/**
 * The same for a short string: a backslash at the end of its line has joined the next one, which is a declaration.
 */
export function likelyEndOfShort(text: string, start: number, end: number): number | undefined {
  const line = firstDeclaration(text, start, end);
  return line === undefined ? undefined : endOfLineBefore(text, line);
}

function firstDeclaration(text: string, start: number, end: number): number | undefined {
  for (let line = nextLine(text, start, end); line < end; line = nextLine(text, line, end)) {
    if (matches(declaration, text, line)) return line;
  }
  return undefined;
}

/** The end of the line before `line`, or before the closing line, the comments and the empty lines above it. */
function beforeClosing(text: string, start: number, line: number): number {
  let first = line;
  for (;;) {
    const above = previousLine(text, first, start);
    if (above === undefined) break;
    const isClosing = matches(closing, text, above);
    if (!isClosing && !matches(blank, text, above) && !text.startsWith("--", above)) break;
    first = above;
    if (isClosing) break;
  }
  return first === text.length && first === line ? first : endOfLineBefore(text, first);
}

/** Where the line before the one at `line` begins, if that is behind the line of `start`. */
function previousLine(text: string, line: number, start: number): number | undefined {
  let offset = endOfLineBefore(text, line);
  while (offset > start && !isLineBreak(text.charCodeAt(offset - 1))) offset--;
  return offset > start ? offset : undefined;
}

function endOfLineBefore(text: string, line: number): number {
  if (text[line - 1] === "\n" && text[line - 2] === "\r") return line - 2;
  return isLineBreak(text.charCodeAt(line - 1)) ? line - 1 : line;
}

/** Where the next line begins, or `limit`. Looks no further, since a line can be as long as the text. */
function nextLine(text: string, offset: number, limit: number): number {
  const end = lineEnd(text, offset, limit);
  if (end >= limit) return limit;
  return text[end] === "\r" && text[end + 1] === "\n" ? end + 2 : end + 1;
}

function matches(pattern: RegExp, text: string, offset: number): boolean {
  pattern.lastIndex = offset;
  return pattern.test(text);
}
