import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { NameNode, Span, SyntaxProblem } from "#language/syntax/tree.ts";

/** Lua's own limit of nested constructs (LUAI_MAXCCALLS), which also keeps our recursion within the stack. */
const deepestNesting = 195;

/** What the parsers of statements and expressions share while they read one top-level statement. */
export class ParseState {
  readonly cursor: TokenCursor;
  readonly problems: SyntaxProblem[] = [];
  /**
   * The text is known to be damaged: a line that is indented no deeper than what encloses it ends the enclosing
   * construct. Text without damage is never judged by its indentation.
   */
  readonly isRecovering: boolean;
  #depth = 0;
  #lastProblem = -1;

  constructor(cursor: TokenCursor, isRecovering: boolean) {
    this.cursor = cursor;
    this.isRecovering = isRecovering;
  }

  /** Notes a problem; a second one at the same place says nothing new. */
  report(problem: SyntaxProblem): void {
    if (problem.start <= this.#lastProblem) return;
    this.#lastProblem = problem.start;
    this.problems.push(problem);
  }

  /** Reads a token that must be there; undefined, and a problem, when it is not. */
  expect(kind: number, text: string, message: string, related?: SyntaxProblem["related"]): Span | undefined {
    const found = this.cursor.accept(kind);
    if (found) return found;
    const { previousEnd } = this.cursor;
    this.report({
      ...this.#placeOfMissing(),
      message,
      insertion: { at: previousEnd, text },
      ...(related && { related }),
    });
    return undefined;
  }

  /** A name; one without text and width, and a problem, when there is none. */
  expectName(what: string): NameNode {
    const { cursor } = this;
    if (cursor.kind === TokenKind.name) {
      const { text } = cursor;
      return { kind: "NameNode", text, ...cursor.advance() };
    }
    const at = cursor.previousEnd;
    this.report({ ...this.#placeOfMissing(), message: `A name is missing: ${what}.` });
    return { kind: "NameNode", text: "", start: at, end: at };
  }

  /** The token that stands in the place of something else; on another line it is the end of what was read. */
  #placeOfMissing(): Span {
    const { cursor } = this;
    if (cursor.isFirstOnLine || cursor.kind === TokenKind.endOfFile)
      return { start: Math.max(0, cursor.previousEnd - 1), end: cursor.previousEnd };
    return cursor.span;
  }

  /** Runs a nested part; beyond Lua's limit it is not read, and reported once. */
  nested<Part>(read: () => Part, otherwise: () => Part): Part {
    if (this.#depth >= deepestNesting) {
      this.report({ ...this.cursor.span, message: "This is nested too deeply for Lua." });
      return otherwise();
    }
    this.#depth++;
    const part = read();
    this.#depth--;
    return part;
  }

  /** Whether the current line ends what was opened at `indent`, since it is indented no deeper. */
  endsByIndent(indent: number): boolean {
    const { cursor } = this;
    return this.isRecovering && cursor.isFirstOnLine && cursor.columnOf(cursor.index) <= indent;
  }
}
