import { isBalanced } from "#language/syntax/balance.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { NameNode, Span, SyntaxProblem } from "#language/syntax/tree.ts";

/** Lua's own limit of nested constructs (LUAI_MAXCCALLS), which also keeps our recursion within the stack. */
export const deepestNesting = 199;

export const tooDeep = "This is nested too deeply for Lua.";

/** A chain of members, calls or operators may be so long; what goes beyond comes out of one stock per statement. */
const freeLinks = 12;
const stockOfLinks = 1000;

/** More problems of one statement help nobody. */
const mostProblems = 50;

/** Ends the strict reading of a statement: it is damaged. */
export const abandoned = new Error("The statement is damaged.");

/** Something that awaits its end. */
export interface Opener {
  /** What ends it; `else` stands for the clauses of an `if`, which `elseif` and `end` end as well. */
  readonly closer: number;
  /** How far the line is indented on which it was opened. */
  readonly indent: number;
  /** A line that starts at this column or before is no part of it. */
  readonly margin: number;
  /** The line must also read like a statement to be no part of it. */
  readonly isLoose: boolean;
}

const strictOpener: Opener = { closer: TokenKind.endOfFile, indent: 0, margin: -1, isLoose: false };

/** The first token of a statement or of a field of a table, and how far its line is indented. */
export interface LineStart {
  readonly index: number;
  readonly indent: number;
}

const noLine: LineStart = { index: -1, indent: -1 };

/** What a statement has that Lua judges by more than its grammar, as bits. */
export const Feature = { jumps: 1, vararg: 2, attribute: 4 } as const;

/**
 * What the parsers share while they read one top-level statement. They read it strictly first, just as Lua does, and
 * give up at the first problem. Only a statement that Lua would refuse is read again, recovering: then lines end what
 * was opened at their indentation or deeper, and reading goes on behind every problem.
 */
export class ParseState {
  readonly cursor: TokenCursor;
  isRecovering = false;
  problems: SyntaxProblem[] = [];
  /** `Feature` bits of what was read. */
  features = 0;
  /** How many variables were declared, and the most values that can await their use at the same time. */
  declared = 0;
  mostAwaiting = 0;
  #awaiting = 0;
  #openers: Opener[] = [];
  #depth = 0;
  #reportedAt = -1;
  #awaitedAt = -1;
  #spareLinks = stockOfLinks;
  #first = 0;
  #firstColumn = 0;
  #isTrusted = false;
  /** Known from the strict reading of the same statement. */
  #isUnbalanced = false;
  /** Members on new lines that led to nothing, and how far the reading went that found out. */
  readonly #doomed = new Map<number, number>();
  #crossed: number[] = [];
  #line: LineStart = noLine;

  constructor(cursor: TokenCursor) {
    this.cursor = cursor;
  }

  /** Begins a top-level statement at the current token. */
  begin(isRecovering: boolean): void {
    this.isRecovering = isRecovering;
    this.problems = [];
    this.features = 0;
    this.declared = 0;
    this.mostAwaiting = 0;
    this.#awaiting = 0;
    this.#openers = [];
    this.#depth = 0;
    this.#reportedAt = -1;
    this.#awaitedAt = -1;
    this.#spareLinks = stockOfLinks;
    this.#first = this.cursor.index;
    this.#firstColumn = this.cursor.isFirstOnLine ? this.cursor.columnOf(this.#first) : 0;
    this.#isTrusted = false;
    if (!isRecovering) this.#isUnbalanced = false;
    this.#crossed = [];
    this.#line = noLine;
  }

  /** Notes a problem; a second one before anything was read says nothing new. Strictly, the first one ends it all. */
  report(problem: SyntaxProblem): void {
    const { index } = this.cursor;
    if (index === this.#reportedAt || this.problems.length >= mostProblems) return;
    this.#reportedAt = index;
    this.problems.push(problem);
    if (!this.isRecovering) throw abandoned;
  }

  /** Reads a token that must be there; undefined, and a problem, when it is not. */
  expect(kind: number, text: string, message: string, related?: SyntaxProblem["related"]): Span | undefined {
    const found = this.cursor.accept(kind);
    if (!found) this.reportMissing(text, message, related);
    return found;
  }

  /** Tells that a token is missing here, and how to mend it. */
  reportMissing(text: string, message: string, related?: SyntaxProblem["related"]): void {
    const insertion = { at: this.cursor.previousEnd, text };
    this.report({ ...this.placeOfMissing(), message, insertion, ...(related && { related }) });
  }

  /** The token that stands in the place of something else; on another line it is the end of what was read. */
  placeOfMissing(): Span {
    const { cursor } = this;
    if (!cursor.isFirstOnLine && cursor.kind !== TokenKind.endOfFile) return cursor.span;
    return { start: Math.max(0, cursor.previousEnd - 1), end: cursor.previousEnd };
  }

  /** A name; one without text and width, and a problem, when there is none. */
  expectName(message: string): NameNode {
    const { cursor } = this;
    if (cursor.kind === TokenKind.name && !this.startsAnother()) {
      const { text, start, end } = cursor;
      cursor.skip();
      return { kind: "NameNode", text, start, end };
    }
    return this.keywordAsName() ?? this.missingName(message);
  }

  missingName(message: string): NameNode {
    this.report({ ...this.placeOfMissing(), message });
    const at = this.cursor.previousEnd;
    return { kind: "NameNode", text: "", start: at, end: at };
  }

  /** `x.end`, `local end = 1`: a keyword right behind a dot or before `=` was meant as a name. */
  keywordAsName(): NameNode | undefined {
    const { cursor } = this;
    const isKeyword = cursor.kind >= TokenKind.and && cursor.kind <= TokenKind.while;
    if (!this.isRecovering || !isKeyword || cursor.isFirstOnLine) return undefined;
    if (cursor.start !== cursor.previousEnd && cursor.peek() !== TokenKind.assign) return undefined;
    const { text, start, end } = cursor;
    const message = `'${text}' is a word of Lua and no name; a field of that name is written ["${text}"].`;
    this.report({ start, end, message });
    cursor.skip();
    return { kind: "NameNode", text, start, end };
  }

  /**
   * Strictly, at a member of a statement's chain that begins a line. `a.` on every line of a file is one chain up to
   * its end, where it turns out to be damaged; that must not be found out anew from each of its lines.
   */
  crossLine(): void {
    const { cursor } = this;
    if (this.isRecovering || this.#depth !== 1 || !cursor.isFirstOnLine) return;
    const reach = this.#doomed.get(cursor.index);
    if (reach === undefined) {
      this.#crossed.push(cursor.index);
      return;
    }
    cursor.furthest = Math.max(cursor.furthest, reach);
    throw abandoned;
  }

  /** The strict reading failed. */
  doomCrossed(): void {
    for (const index of this.#crossed) this.#doomed.set(index, this.cursor.furthest);
  }

  /** Tokens have other numbers now. */
  forgetCrossed(): void {
    this.#doomed.clear();
  }

  /** Goes deeper; false, and a problem, beyond Lua's limit. Every `true` needs a `leave`. */
  enter(levels = 1): boolean {
    if (this.#depth + levels > deepestNesting) {
      this.report({ ...this.cursor.span, message: tooDeep });
      return false;
    }
    this.#depth += levels;
    return true;
  }

  /** Passes over what is nested too deeply, up to where it is closed. */
  passNested(): void {
    const { cursor } = this;
    let depth = 0;
    do {
      if (hasTrait(cursor.kind, TokenTrait.opens)) depth++;
      else if (hasTrait(cursor.kind, TokenTrait.ends)) depth--;
      cursor.skip();
    } while (depth > 0 && cursor.kind !== TokenKind.endOfFile && !this.isBackAtMargin());
  }

  leave(levels = 1): void {
    this.#depth -= levels;
  }

  /**
   * Whether a chain may get a node for one more link. Lua has no limit, but every walk over the tree has: a chain of
   * thousands of links loses the ones in its middle.
   */
  mayLink(links: number): boolean {
    return links <= freeLinks || this.#spareLinks-- > 0;
  }

  /** Notes values that are computed and await their use; negative when they are used. */
  await(values: number): void {
    this.#awaiting += values;
    if (this.#awaiting > this.mostAwaiting) this.mostAwaiting = this.#awaiting;
  }

  /**
   * Notes what token number `index` opened, once its head is read: the current token is the first one inside. `closing`
   * must follow, in reverse order.
   */
  open(closer: number, index: number): Opener {
    if (!this.isRecovering) return strictOpener;
    const { cursor } = this;
    const indent = cursor.indentOfLine(index);
    const isDeeper = !cursor.isFirstOnLine || cursor.columnOf(cursor.index) > indent;
    const isIndented = isDeeper || hasTrait(cursor.kind, TokenTrait.closes) || this.#obeysIndent(index);
    const isBlock = hasTrait(closer, TokenTrait.endsBlock);
    const isLoose = !isBlock && !(cursor.isFirstOnLine && isDeeper);
    const opener = { closer, indent, margin: isIndented ? indent : indent - 1, isLoose };
    this.#openers.push(opener);
    return opener;
  }

  /** What is not indented inside: was it written so, or is its end missing? */
  #obeysIndent(index: number): boolean {
    const outer = this.#openers.at(-1);
    if (outer) return outer.margin === outer.indent;
    if (this.#isUnbalanced) return true;
    // `local f(` lacks its 'function': nothing was opened that could be closed again.
    if (this.cursor.lexer.kinds[index] === TokenKind.local) return true;
    return !isBalanced(this.cursor, index, index);
  }

  /**
   * Whether the current token is no part of what was opened, so that its end is missing. Strictly only the end of the
   * text is.
   */
  isBeyond(opener: Opener): boolean {
    const { cursor } = this;
    if (cursor.kind === TokenKind.endOfFile) return true;
    if (!this.isRecovering) {
      if (!this.#isTrusted && cursor.isFirstOnLine) this.#distrust();
      return false;
    }
    if (hasTrait(cursor.kind, TokenTrait.closes)) return this.#closesOuter(opener);
    if (!cursor.isFirstOnLine || cursor.columnOf(cursor.index) > opener.margin) return false;
    return !opener.isLoose || this.readsLikeStatement();
  }

  /**
   * Reads what closes the opener, and ends it; undefined, and a problem, when it is missing. Then a wrong closer that
   * nobody awaits stands in its place.
   */
  closing(
    opener: Opener,
    kind: number,
    open: Span,
    words: { closer: string; opener: string },
  ): Span | undefined {
    const { cursor } = this;
    let found: Span | undefined;
    if (cursor.kind === kind && !(this.isRecovering && this.isBeyond(opener))) {
      found = cursor.take();
    } else {
      const text = kind === TokenKind.end ? `\n${" ".repeat(opener.indent)}end` : words.closer;
      const related = { span: open, message: `'${words.opener}' is here` };
      this.reportMissing(text, `'${words.closer}' is missing: it closes '${words.opener}'.`, related);
      const isWrong = hasTrait(cursor.kind, TokenTrait.closes) && !cursor.isFirstOnLine;
      if (isWrong && !this.isAwaited(cursor.kind)) cursor.skip();
    }
    if (this.isRecovering) this.#openers.pop();
    return found;
  }

  /**
   * When recovering, behind an item of a list in brackets that no comma follows: passes over what can't stand there,
   * and tells whether another item follows.
   */
  continuesList(opener: Opener): boolean {
    const { cursor } = this;
    // Where an item was just awaited, none could be read.
    if (cursor.index === this.#awaitedAt) cursor.skip();
    while (!isClosedBy(opener.closer, cursor.kind) && !this.isBeyond(opener)) {
      if (hasTrait(cursor.kind, TokenTrait.startsExpression)) {
        this.reportMissing(",", "',' is missing between two values.");
        this.#awaitedAt = cursor.index;
        return true;
      }
      if (!hasTrait(cursor.kind, TokenTrait.joins | TokenTrait.closes)) return false;
      this.report({ ...cursor.span, message: `'${cursor.text}' can't stand here.` });
      cursor.skip();
      if (cursor.passes(TokenKind.comma))
        return !isClosedBy(opener.closer, cursor.kind) && !this.isBeyond(opener);
    }
    return false;
  }

  /** Whether something that is open awaits this closer. */
  isAwaited(kind: number): boolean {
    return this.#openers.some(({ closer }) => isClosedBy(closer, kind));
  }

  /** A closer that is not ours, or is indented like something further out. */
  #closesOuter(opener: Opener): boolean {
    const { kind, isFirstOnLine, index } = this.cursor;
    if (!isClosedBy(opener.closer, kind)) return this.isAwaited(kind);
    if (!isFirstOnLine) return false;
    const column = this.cursor.columnOf(index);
    if (column >= opener.indent) return false;
    return this.#openers.some(
      (outer) => outer !== opener && outer.indent >= column && isClosedBy(outer.closer, kind),
    );
  }

  /** When recovering: a line that is indented no deeper than the current statement or field, and starts another one. */
  startsAnother(): boolean {
    return this.isBackAtMargin() && this.readsLikeStatement();
  }

  /** When recovering: a new line that is indented no deeper than the current statement or field. */
  isBackAtMargin(): boolean {
    const { cursor } = this;
    if (!this.isRecovering || !cursor.isFirstOnLine || cursor.index === this.#line.index) return false;
    return cursor.columnOf(cursor.index) <= this.#line.indent;
  }

  /** Begins a statement or field here; gives what `endLine` needs at its end. */
  beginLine(): LineStart {
    const outer = this.#line;
    if (this.isRecovering) {
      const { index } = this.cursor;
      this.#line = { index, indent: this.cursor.indentOfLine(index) };
    }
    return outer;
  }

  endLine(outer: LineStart): void {
    this.#line = outer;
  }

  /** Whether a line starts here like a statement, or like a field with a name. */
  readsLikeStatement(): boolean {
    const { kind } = this.cursor;
    if (hasTrait(kind, TokenTrait.startsStatement | TokenTrait.closes)) return true;
    if (kind === TokenKind.function) return true;
    if (kind !== TokenKind.name) return false;
    switch (this.cursor.peek()) {
      case TokenKind.assign:
      case TokenKind.dot:
      case TokenKind.colon:
      case TokenKind.openParenthesis:
      case TokenKind.openBrace:
      case TokenKind.openBracket:
      case TokenKind.shortString:
      case TokenKind.longString:
        return true;
      default:
        return false;
    }
  }

  /**
   * A line inside the statement starts as far left as the statement. Either the text is just not indented, or an end is
   * missing; then there is no need to read on to the end of the file.
   */
  #distrust(): void {
    const { cursor } = this;
    if (cursor.columnOf(cursor.index) > this.#firstColumn) return;
    this.#isTrusted = true;
    this.#isUnbalanced = !isBalanced(cursor, this.#first, cursor.index);
    if (this.#isUnbalanced) throw abandoned;
  }
}

/** Whether a token ends what awaits a closer. */
export function isClosedBy(closer: number, kind: number): boolean {
  if (closer === kind) return true;
  return closer === TokenKind.else && (kind === TokenKind.end || kind === TokenKind.elseif);
}
