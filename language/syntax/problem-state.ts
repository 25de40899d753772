import { foreignHint } from "#language/syntax/foreign-words.ts";
import { LineState } from "#language/syntax/line-state.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { NameNode, Span, SyntaxProblem } from "#language/syntax/tree.ts";

/** More problems of one statement help nobody. */
const mostProblems = 50;

/** Ends the strict reading of a statement: it is damaged. */
export const abandoned = new Error("The statement is damaged.");

/** Reads what must be there, and notes what is not. */
export class ProblemState extends LineState {
  problems: SyntaxProblem[] = [];
  #reportedAt = -1;

  override begin(isRecovering: boolean): void {
    super.begin(isRecovering);
    this.problems = [];
    this.#reportedAt = -1;
  }

  /** Notes a problem; a second one before anything was read says nothing new. Strictly, the first one ends it all. */
  report(problem: SyntaxProblem): void {
    const { index } = this.cursor;
    if (index === this.#reportedAt || this.problems.length >= mostProblems) return;
    this.#reportedAt = index;
    this.problems.push(this.isRecovering ? this.#explained(problem) : problem);
    if (!this.isRecovering) throw abandoned;
  }

  /** Passes over a token that was reported; what is wrong with the next one is no news. */
  passReported(): void {
    this.cursor.skip();
    this.#reportedAt = this.cursor.index;
  }

  /** What to say about the current token if it comes from another language. */
  foreignHint(): string | undefined {
    const { start, base, lexer } = this.cursor;
    return foreignHint(lexer.text, base + start, this.isAtStart);
  }

  #explained(problem: SyntaxProblem): SyntaxProblem {
    const message = problem.start === this.cursor.start ? this.foreignHint() : undefined;
    return message === undefined ? problem : { start: problem.start, end: problem.end, message };
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
}
