import { Lexer } from "#language/syntax/lexer.ts";
import { ParseState } from "#language/syntax/parse-state.ts";
import { abandoned } from "#language/syntax/problem-state.ts";
import { statementScopeProblems } from "#language/syntax/scope-checks.ts";
import { StatementParser } from "#language/syntax/statement-parser.ts";
import { TokenCursor } from "#language/syntax/token-cursor.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { type TokenBuffer, TokenFlag, TokenKind } from "#language/syntax/tokens.ts";
import type { EndOfFile, Statement, SyntaxProblem, TopStatement } from "#language/syntax/tree.ts";
import { likelyEndOfLong, likelyEndOfShort } from "#language/syntax/unclosed-text.ts";

const noProblems: readonly SyntaxProblem[] = [];

/** What was read of a statement. */
interface Reading {
  readonly node: Statement | EndOfFile;
  readonly problems: readonly SyntaxProblem[];
}

/**
 * Reads the statements of the outermost block, one after the other. What it makes of a statement depends on the text
 * from there on only, never on the text before: that is why statements can be kept when something else changes.
 */
export class TopReader {
  readonly #lexer: Lexer;
  readonly #cursor: TokenCursor;
  readonly #state: ParseState;
  readonly #parser: StatementParser;
  /** Number of the first token of the next statement; it may be white space. */
  #first = 0;
  /** Where the next statement begins, its white space and comments included. */
  offset = 0;
  isAtEnd = false;

  /** `ownsText`: the statements must not keep the text in memory. */
  constructor(text: string, capacity: number, ownsText: boolean) {
    this.#lexer = new Lexer(text, capacity);
    this.#cursor = new TokenCursor(this.#lexer, ownsText);
    this.#state = new ParseState(this.#cursor);
    this.#parser = new StatementParser(this.#state);
  }

  /** The tokens, once all is read. */
  tokens(): TokenBuffer {
    return this.#lexer.finish();
  }

  /** Passes over statements that are known: tokens `first` to `last` (exclusive) of `source`, moved by `delta`. */
  reuse(source: TokenBuffer, first: number, last: number, delta: number): void {
    this.#lexer.copy(this.#first, source, first, last, delta);
    this.#state.forgetCrossed();
    this.#first += last - first;
    this.offset = this.#lexer.starts[this.#first] ?? 0;
    this.isAtEnd = last === source.count;
  }

  /** The next statement; the one for the end of the file is the last. */
  next(): TopStatement {
    const cursor = this.#cursor;
    let reach = 0;
    let lastCut = -1;
    for (;;) {
      cursor.begin(this.#first, this.offset);
      const strict = this.#readStrictly();
      reach = Math.max(reach, this.#endOf(cursor.furthest));
      if (strict && !this.#isDoubtful(strict.node)) return this.#taken(strict, reach, lastCut);
      let cut = this.#cutBehind(lastCut, cursor.index);
      if (!cut) {
        const reading = this.#readRecovering(strict);
        reach = Math.max(reach, this.#endOf(cursor.furthest));
        cut = this.#cutBehind(lastCut, cursor.previous);
        if (!cut) return this.#taken(reading, reach, lastCut);
      }
      lastCut = cut.index;
      // Whether there is another end decides on the cut as well, and so does an end that may come.
      reach = Math.max(reach, cut.reach);
    }
  }

  /** Undefined when Lua would refuse the statement. */
  #readStrictly(): Reading | undefined {
    const cursor = this.#cursor;
    if (cursor.kind === TokenKind.endOfFile) {
      const { start } = cursor;
      return { node: { kind: "EndOfFile", start, end: start }, problems: noProblems };
    }
    const state = this.#state;
    state.begin(false);
    try {
      const node = this.#parser.statement();
      if (node.kind === "ReturnStatement" && cursor.kind !== TokenKind.endOfFile) return undefined;
      return { node, problems: statementScopeProblems(node, state) };
    } catch (error) {
      if (error !== abandoned) throw error;
      state.doomCrossed();
      return undefined;
    }
  }

  /** The statement is whole, but something is wrong in the comments before it or right behind it. */
  #isDoubtful(node: Reading["node"]): boolean {
    if (this.#refusedTrivia().length > 0) return true;
    const { kind, isFirstOnLine } = this.#cursor;
    if (kind === TokenKind.openParenthesis && !isFirstOnLine && node.kind === "LocalStatement")
      return this.#isFollowedByDamage();
    const canFollow =
      kind === TokenKind.endOfFile ||
      kind === TokenKind.name ||
      kind === TokenKind.function ||
      kind === TokenKind.openParenthesis ||
      hasTrait(kind, TokenTrait.startsStatement);
    return !canFollow;
  }

  /** `local f(x)`: what follows may be a statement, or else the parameters of a function. */
  #isFollowedByDamage(): boolean {
    const cursor = this.#cursor;
    const { index, previous, kind, previousEnd } = cursor;
    this.#state.begin(false);
    try {
      this.#parser.statement();
      return false;
    } catch (error) {
      if (error !== abandoned) throw error;
      return true;
    } finally {
      cursor.returnTo({ index, previous, kind, previousEnd });
    }
  }

  /** Ends a string or comment of several lines earlier, if it goes too far: the first one behind `lastCut` up to `last`. */
  #cutBehind(lastCut: number, last: number): { readonly index: number; readonly reach: number } | undefined {
    const lexer = this.#lexer;
    const { text } = lexer;
    for (let index = Math.max(this.#first, lastCut + 1); index <= last; index++) {
      const kind = lexer.kinds[index] ?? 0;
      const isLong = kind === TokenKind.longString || kind === TokenKind.blockComment;
      if (!isLong && kind !== TokenKind.shortString) continue;
      const start = lexer.starts[index] ?? 0;
      const end = lexer.starts[index + 1] ?? 0;
      const isOpen = ((lexer.flags[index] ?? 0) & TokenFlag.malformed) !== 0;
      const cut = isLong ? likelyEndOfLong(text, start, end, isOpen) : likelyEndOfShort(text, start, end);
      if (cut === undefined || cut >= end) continue;
      lexer.cut(index, cut);
      this.#state.forgetCrossed();
      return { index, reach: isOpen && isLong ? text.length + 1 : end };
    }
    return undefined;
  }

  /** Reads what Lua refuses. A whole statement that something odd follows is kept, unless it ends elsewhere. */
  #readRecovering(strict: Reading | undefined): Reading {
    const cursor = this.#cursor;
    const { index, previous, kind, previousEnd } = cursor;
    const [problem] = this.#state.problems;
    const refused = this.#refusedTrivia().map((found) => this.#problemOfTrivia(found));
    cursor.begin(this.#first, this.offset);
    if (cursor.kind === TokenKind.endOfFile) return { node: strict?.node ?? endOfFile, problems: refused };
    this.#state.begin(true);
    const node = this.#parser.statement();
    if (node.kind === "ReturnStatement" && cursor.kind !== TokenKind.endOfFile)
      this.#parser.reportUnreachable(node);
    const { problems } = this.#state;
    if (strict && (problems.length === 0 || cursor.previousEnd === previousEnd)) {
      cursor.returnTo({ index, previous, kind, previousEnd });
      return { node: strict.node, problems: [...refused, ...strict.problems] };
    }
    if (problems.length === 0) problems.push(problem ?? unclosed(node));
    return { node, problems: [...refused, ...problems].sort((first, second) => first.start - second.start) };
  }

  /** Comments in the statement (or before it) that Lua refuses. */
  #refusedTrivia(): number[] {
    const { refusedTrivia } = this.#lexer;
    let first = refusedTrivia.length;
    while (first > 0 && (refusedTrivia[first - 1] ?? 0) >= this.#first) first--;
    return refusedTrivia.slice(first).filter((index) => index <= this.#cursor.previous);
  }

  /** Relative to the statement, as all problems. */
  #problemOfTrivia(index: number): SyntaxProblem {
    const { kinds, starts } = this.#lexer;
    const start = (starts[index] ?? 0) - this.offset;
    if (kinds[index] === TokenKind.blockComment)
      return { start, end: start + 4, message: "This comment has no end: its closing bracket is missing." };
    const end = (starts[index + 1] ?? 0) - this.offset;
    return { start, end, message: "A procedure can't start with a line for the shell: remove it." };
  }

  /** The statement is read: the next one begins behind it. */
  #taken({ node, problems }: Reading, reach: number, lastCut: number): TopStatement {
    const cursor = this.#cursor;
    const base = this.offset;
    const isEnd = node.kind === "EndOfFile";
    const length = isEnd ? this.#lexer.text.length - base : cursor.previousEnd;
    // A cut behind the statement was a guess for this statement only.
    if (lastCut > cursor.previous && !isEnd) {
      this.#lexer.retract(cursor.previous + 1);
      this.#state.forgetCrossed();
    }
    this.offset = base + length;
    this.#first = cursor.previous + 1;
    this.isAtEnd = isEnd;
    return { length, node, problems, reach: reach - base };
  }

  /** Where a token ends; behind the text if it is the end of the text. */
  #endOf(index: number): number {
    const { starts, text, count, isComplete } = this.#lexer;
    return isComplete && index + 1 >= count ? text.length + 1 : (starts[index + 1] ?? 0);
  }
}

const endOfFile: EndOfFile = { kind: "EndOfFile", start: 0, end: 0 };

/** For a statement that Lua refuses although reading it leniently finds nothing. */
function unclosed({ start, end }: Statement): SyntaxProblem {
  return { start, end, message: "Something in this statement is not closed, or closed too early." };
}
