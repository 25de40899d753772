import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";

/** The first token of a statement or of a field of a table, and how far its line is indented. */
export interface LineStart {
  readonly index: number;
  readonly indent: number;
}

const noLine: LineStart = { index: -1, indent: -1 };

/** Knows on which line the current statement or field started, for the reading of damaged text. */
export class LineState {
  readonly cursor: TokenCursor;
  /** The statement is damaged: lines and their indentation count. */
  isRecovering = false;
  #line: LineStart = noLine;

  constructor(cursor: TokenCursor) {
    this.cursor = cursor;
  }

  /** Begins a top-level statement at the current token. */
  begin(isRecovering: boolean): void {
    this.isRecovering = isRecovering;
    this.#line = noLine;
  }

  /** Whether the current token is the first one of a statement or field. */
  get isAtStart(): boolean {
    return this.cursor.index === this.#line.index;
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
}
