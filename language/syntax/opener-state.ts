import { isBalanced } from "#language/syntax/balance.ts";
import { abandoned, ProblemState } from "#language/syntax/problem-state.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { Span } from "#language/syntax/tree.ts";

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

/** What is missing and what it closes, in words; `hint` is added to the message. */
export interface ClosingWords {
  readonly closer: string;
  readonly opener: string;
  readonly hint?: string;
}

/** Knows what is open, and where something ends whose closer is missing. */
export class OpenerState extends ProblemState {
  #openers: Opener[] = [];
  #awaitedAt = -1;
  #first = 0;
  #firstColumn = 0;
  #isTrusted = false;
  /** Known from the strict reading of the same statement. */
  #isUnbalanced = false;

  override begin(isRecovering: boolean): void {
    super.begin(isRecovering);
    const { cursor } = this;
    this.#openers = [];
    this.#awaitedAt = -1;
    this.#first = cursor.index;
    this.#firstColumn = cursor.isFirstOnLine ? cursor.columnOf(cursor.index) : 0;
    this.#isTrusted = false;
    if (!isRecovering) this.#isUnbalanced = false;
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
  closing(opener: Opener, kind: number, open: Span, words: ClosingWords): Span | undefined {
    const { cursor } = this;
    let found: Span | undefined;
    if (cursor.kind === kind && !(this.isRecovering && this.isBeyond(opener))) {
      found = cursor.take();
    } else {
      const text = kind === TokenKind.end ? `\n${" ".repeat(opener.indent)}end` : words.closer;
      const related = { span: open, message: `'${words.opener}' is here` };
      this.reportMissing(
        text,
        `'${words.closer}' is missing: it closes '${words.opener}'.${words.hint ?? ""}`,
        related,
      );
      const isWrong = hasTrait(cursor.kind, TokenTrait.closes) && !this.isAwaited(cursor.kind);
      if (isWrong && (!cursor.isFirstOnLine || this.#isInItsPlace(opener))) cursor.skip();
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
      this.passReported();
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
    if (!isClosedBy(opener.closer, kind)) return this.isAwaited(kind) || this.#isInItsPlace(opener);
    if (!isFirstOnLine) return false;
    const column = this.cursor.columnOf(index);
    if (column >= opener.indent) return false;
    return this.#openers.some(
      (outer) => outer !== opener && outer.indent >= column && isClosedBy(outer.closer, kind),
    );
  }

  /** A wrong closer where the right one is expected: what follows on the next line is no part of the opener either. */
  #isInItsPlace(opener: Opener): boolean {
    const { cursor } = this;
    if (!cursor.isFirstOnLine || cursor.columnOf(cursor.index) > opener.margin) return false;
    let next = cursor.significant(cursor.index + 1);
    while (
      !cursor.startsLine(next) &&
      hasTrait(cursor.kindOf(next), TokenTrait.closes | TokenTrait.separates)
    )
      next = cursor.significant(next + 1);
    if (cursor.kindOf(next) === TokenKind.endOfFile) return true;
    return cursor.startsLine(next) && cursor.columnOf(next) <= opener.margin;
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
