import { isTrivia, type TokenBuffer, TokenKind, tokenEnd, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { Span } from "#language/syntax/tree.ts";

/** What can be written at a place, as the tokens before it tell; damaged text has an answer too. */
export interface CursorSlot {
  readonly kind: SlotKind;
  /** The letters around the place that a suggestion takes the place of; offsets in the text. */
  readonly word: Span;
  /** What is open around the place. */
  readonly opener: Opener;
  /** Of the bracket or the word that is open. */
  readonly openerStart: number;
  /** Number of the argument or the value that it is, as the commas behind the bracket tell. */
  readonly index: number;
  /** The token before the word; at the start of the text when there is none. */
  readonly previous: Span;
  /** The name before the `=` of a field of a table. */
  readonly field?: string;
}

type SlotKind =
  | "statement"
  | "expression"
  /** Behind a complete expression. */
  | "operator"
  /** The start of an entry of a table: a key or a value. */
  | "tableField"
  /** Behind a dot or a colon. */
  | "member"
  /** A name that the author chooses. */
  | "newName"
  /** Behind `goto`. */
  | "label"
  /** Between `<` and `>` of a local. */
  | "attribute";

export type Opener =
  | "("
  | "{"
  | "["
  | "then"
  | "else"
  | "do"
  | "repeat"
  | "function"
  | "if"
  | "while"
  | "for"
  | "file";

const wordPart = /[A-Za-z0-9_]/;

/** The slot at an offset that is in no comment, text or number. */
export function cursorSlot(tokens: TokenBuffer, offset: number): CursorSlot {
  const word = wordAround(tokens.text, offset);
  const previous = significantBefore(tokens, word.start);
  const open = new OpenerSearch(tokens).from(previous);
  const field = fieldName(tokens, previous, open.opener);
  return {
    kind: kindOf(tokens, previous, open, isFirstOnLine(tokens.text, word.start)),
    word,
    opener: open.opener,
    openerStart: tokens.starts[open.index] ?? 0,
    index: open.commas,
    previous: { start: tokens.starts[previous] ?? 0, end: previous < 0 ? 0 : tokenEnd(tokens, previous) },
    ...(field !== undefined && { field }),
  };
}

/** The letters around an offset. */
function wordAround(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && wordPart.test(text[start - 1] ?? "")) start--;
  let end = offset;
  while (end < text.length && wordPart.test(text[end] ?? "")) end++;
  return { start, end };
}

/** Number of the last token before an offset that is neither white space nor a comment; -1 when there is none. */
function significantBefore(tokens: TokenBuffer, offset: number): number {
  if (offset === 0) return -1;
  let index = tokenIndexAt(tokens, offset - 1);
  while (index >= 0 && (isTrivia(tokens.kinds[index] ?? 0) || tokens.kinds[index] === TokenKind.endOfFile))
    index--;
  return index;
}

/** Number of the first token from an offset on that is neither white space nor a comment. */
export function significantFrom(tokens: TokenBuffer, offset: number): number {
  let index = tokenIndexAt(tokens, offset);
  if ((tokens.starts[index] ?? 0) < offset) index++;
  while (index < tokens.count && isTrivia(tokens.kinds[index] ?? 0)) index++;
  return index;
}

function isFirstOnLine(text: string, offset: number): boolean {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return text.slice(start, offset).trim() === "";
}

interface OpenPlace {
  readonly opener: Opener;
  /** Number of the token; 0 for the file. */
  readonly index: number;
  /** Commas between it and the place, outside of other brackets. */
  readonly commas: number;
}

const openers: ReadonlyMap<number, Opener> = new Map<number, Opener>([
  [TokenKind.openParenthesis, "("],
  [TokenKind.openBrace, "{"],
  [TokenKind.openBracket, "["],
  [TokenKind.then, "then"],
  [TokenKind.else, "else"],
  [TokenKind.do, "do"],
  [TokenKind.repeat, "repeat"],
  [TokenKind.function, "function"],
  [TokenKind.if, "if"],
  [TokenKind.elseif, "if"],
  [TokenKind.while, "while"],
  [TokenKind.for, "for"],
]);

/** Walks back over what is closed, to what is still open. */
class OpenerSearch {
  readonly #tokens: TokenBuffer;
  /** Closed brackets, and blocks closed by `end` or `until`, whose start has not been met. */
  #brackets = 0;
  #blocks = 0;
  /** A `do` that closed blocks belong to; its `while` or `for` opens nothing more. */
  #headers = 0;
  #commas = 0;

  constructor(tokens: TokenBuffer) {
    this.#tokens = tokens;
  }

  from(previous: number): OpenPlace {
    for (let index = previous; index >= 0; index--) {
      const kind = this.#tokens.kinds[index] ?? 0;
      if (kind === TokenKind.comma || kind === TokenKind.semicolon) {
        if (this.#brackets === 0 && this.#blocks === 0) this.#commas++;
      } else if (this.#closes(kind)) continue;
      else {
        const opener = openers.get(kind);
        if (opener && this.#isOpen(kind)) return { opener, index, commas: this.#commas };
      }
    }
    return { opener: "file", index: 0, commas: this.#commas };
  }

  #closes(kind: number): boolean {
    if (
      kind === TokenKind.closeParenthesis ||
      kind === TokenKind.closeBrace ||
      kind === TokenKind.closeBracket
    )
      this.#brackets++;
    else if (kind === TokenKind.end || kind === TokenKind.until) this.#blocks++;
    else return false;
    return true;
  }

  /** Whether a token that opens something has not been closed behind it. */
  #isOpen(kind: number): boolean {
    switch (kind) {
      case TokenKind.openParenthesis:
      case TokenKind.openBrace:
      case TokenKind.openBracket:
        return this.#brackets-- === 0;
      case TokenKind.then:
      case TokenKind.else:
      case TokenKind.elseif:
        return this.#brackets === 0 && this.#blocks === 0;
      case TokenKind.while:
      case TokenKind.for:
        if (this.#headers > 0) this.#headers--;
        else return this.#brackets === 0 && this.#blocks === 0;
        return false;
      default:
        if (this.#blocks === 0) return this.#brackets === 0;
        this.#blocks--;
        if (kind === TokenKind.do) this.#headers++;
        return false;
    }
  }
}

const endsExpression: ReadonlySet<number> = new Set([
  TokenKind.name,
  TokenKind.number,
  TokenKind.shortString,
  TokenKind.longString,
  TokenKind.nil,
  TokenKind.true,
  TokenKind.false,
  TokenKind.ellipsis,
  TokenKind.end,
  TokenKind.closeParenthesis,
  TokenKind.closeBrace,
  TokenKind.closeBracket,
  TokenKind.break,
]);

const startsBlock: ReadonlySet<number> = new Set([
  TokenKind.then,
  TokenKind.else,
  TokenKind.do,
  TokenKind.repeat,
  TokenKind.semicolon,
]);

function kindOf(tokens: TokenBuffer, previous: number, open: OpenPlace, isFirst: boolean): SlotKind {
  if (previous < 0) return "statement";
  const kind = tokens.kinds[previous] ?? 0;
  if (kind === TokenKind.dot || kind === TokenKind.colon) return "member";
  if (kind === TokenKind.goto) return "label";
  if (kind === TokenKind.doubleColon) return isFirst ? "statement" : "newName";
  if (isNamePlace(tokens, previous, open)) return "newName";
  if (kind === TokenKind.less && isAttribute(tokens, previous)) return "attribute";
  if (open.opener === "{") return kindInTable(kind, isFirst);
  if (!endsExpression.has(kind)) return startsBlock.has(kind) ? "statement" : "expression";
  if (kind === TokenKind.closeParenthesis && endsParameters(tokens, previous)) return "statement";
  const isInBlock = !["(", "[", "if", "while", "for"].includes(open.opener);
  return isInBlock && isFirst ? "statement" : "operator";
}

function kindInTable(previous: number, isFirst: boolean): SlotKind {
  if (previous === TokenKind.openBrace || previous === TokenKind.comma || previous === TokenKind.semicolon)
    return "tableField";
  if (!endsExpression.has(previous)) return "expression";
  // A new line behind a value begins another one, even while the comma is missing.
  return isFirst ? "tableField" : "operator";
}

/** Behind `local`, `function` and `for`, and in lists of names and parameters. */
function isNamePlace(tokens: TokenBuffer, previous: number, open: OpenPlace): boolean {
  const kind = tokens.kinds[previous] ?? 0;
  if (kind === TokenKind.local || kind === TokenKind.function || kind === TokenKind.for) return true;
  if (open.opener === "(" && isFunctionHead(tokens, open.index)) return true;
  return kind === TokenKind.comma && startsNames(tokens, previous);
}

/** Whether a comma is in the list of names of a `local` or a `for`. */
function startsNames(tokens: TokenBuffer, comma: number): boolean {
  let index = comma;
  while (index >= 0) {
    const kind = tokens.kinds[index] ?? 0;
    if (kind === TokenKind.local || kind === TokenKind.for) return true;
    const isPart =
      isTrivia(kind) ||
      kind === TokenKind.comma ||
      kind === TokenKind.name ||
      kind === TokenKind.less ||
      kind === TokenKind.greater;
    if (!isPart) return false;
    index--;
  }
  return false;
}

/** Whether a bracket begins the parameters of a function. */
function isFunctionHead(tokens: TokenBuffer, bracket: number): boolean {
  let index = bracket - 1;
  while (index >= 0) {
    const kind = tokens.kinds[index] ?? 0;
    if (kind === TokenKind.function) return true;
    const isName = kind === TokenKind.name || kind === TokenKind.dot || kind === TokenKind.colon;
    if (!isName && !isTrivia(kind)) return false;
    index--;
  }
  return false;
}

function endsParameters(tokens: TokenBuffer, close: number): boolean {
  let depth = 0;
  for (let index = close; index >= 0; index--) {
    const kind = tokens.kinds[index] ?? 0;
    if (kind === TokenKind.closeParenthesis) depth++;
    if (kind === TokenKind.openParenthesis && --depth === 0) return isFunctionHead(tokens, index);
  }
  return false;
}

/** `local x <`. */
function isAttribute(tokens: TokenBuffer, less: number): boolean {
  const name = previousOf(tokens, less);
  const before = previousOf(tokens, name);
  return (
    tokens.kinds[name] === TokenKind.name &&
    (tokens.kinds[before] === TokenKind.local ||
      (tokens.kinds[before] === TokenKind.comma && startsNames(tokens, before)))
  );
}

function fieldName(tokens: TokenBuffer, previous: number, opener: Opener): string | undefined {
  if (opener !== "{" || tokens.kinds[previous] !== TokenKind.assign) return undefined;
  const name = previousOf(tokens, previous);
  if (tokens.kinds[name] !== TokenKind.name) return undefined;
  return tokens.text.slice(tokens.starts[name], tokenEnd(tokens, name));
}

function previousOf(tokens: TokenBuffer, index: number): number {
  return significantBefore(tokens, tokens.starts[index] ?? 0);
}
