import type { Opener } from "#language/syntax/opener-state.ts";
import type { ParseState } from "#language/syntax/parse-state.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { Block, FunctionBody, NameNode, Span } from "#language/syntax/tree.ts";

/** Reads the statements inside something that was opened. */
export type ReadBlock = (opener: Opener) => Block;

/** What stands between the parentheses of a function. */
interface Parameters {
  readonly parameters: readonly NameNode[];
  readonly vararg?: Span;
  readonly parameterList: Span;
}

/** Reads functions, from their parameters to their `end`. */
export class FunctionParser {
  readonly #state: ParseState;
  readonly #cursor: TokenCursor;
  readonly #readBlock: ReadBlock;

  constructor(state: ParseState, readBlock: ReadBlock) {
    this.#state = state;
    this.#cursor = state.cursor;
    this.#readBlock = readBlock;
  }

  /** `index` is the number of the token `function`; the cursor is at the parameters. */
  body(keyword: Span, index: number): FunctionBody {
    const state = this.#state;
    const { start } = keyword;
    const isComplete = this.#cursor.kind === TokenKind.openParenthesis;
    const parameters = this.#parameters();
    if (!isComplete && this.#isAbandoned(index)) {
      const at = this.#cursor.previousEnd;
      const block = { kind: "Block", statements: [], start: at, end: at } as const;
      return { kind: "FunctionBody", keyword, ...parameters, block, start, end: at };
    }
    if (state.isRecovering) this.#passBrace();
    const opener = state.open(TokenKind.end, index);
    const block = this.#readBlock(opener);
    const endKeyword = state.closing(opener, TokenKind.end, keyword, { closer: "end", opener: "function" });
    const end = this.#cursor.previousEnd;
    if (!endKeyword) return { kind: "FunctionBody", keyword, ...parameters, block, start, end };
    return { kind: "FunctionBody", keyword, ...parameters, block, endKeyword, start, end };
  }

  /** `function f() {`, as other languages have it. */
  #passBrace(): void {
    const cursor = this.#cursor;
    if (cursor.kind !== TokenKind.openBrace || cursor.isFirstOnLine) return;
    this.#state.report({
      ...cursor.span,
      message: "The body of a function has no braces: it ends with 'end'.",
    });
    cursor.skip();
  }

  /** `function` alone, or with a name: somebody is typing, and what follows is something else. */
  #isAbandoned(index: number): boolean {
    const cursor = this.#cursor;
    if (!cursor.isFirstOnLine)
      return !hasTrait(cursor.kind, TokenTrait.startsExpression) || cursor.kind === TokenKind.function;
    return cursor.columnOf(cursor.index) <= cursor.indentOfLine(index);
  }

  /** `...` must be the last one. */
  #parameters(): Parameters {
    const state = this.#state;
    const cursor = this.#cursor;
    const { index } = cursor;
    const open = state.expect(
      TokenKind.openParenthesis,
      "()",
      "'(' is missing: the parameters of the function.",
    );
    if (!open)
      return { parameters: [], parameterList: { start: cursor.previousEnd, end: cursor.previousEnd } };
    const opener = state.open(TokenKind.closeParenthesis, index);
    const parameters: NameNode[] = [];
    let vararg: Span | undefined;
    while (cursor.kind !== TokenKind.closeParenthesis && !state.isBeyond(opener)) {
      if (cursor.kind === TokenKind.ellipsis) vararg = cursor.take();
      else parameters.push(state.expectName("The name of a parameter is missing."));
      if (vararg ? state.isRecovering && this.#continues(opener) : this.#continues(opener)) continue;
      break;
    }
    state.declared += parameters.length;
    state.closing(opener, TokenKind.closeParenthesis, open, { closer: ")", opener: "(" });
    const parameterList = { start: open.start, end: cursor.previousEnd };
    return vararg ? { parameters, vararg, parameterList } : { parameters, parameterList };
  }

  /** Whether another parameter follows; `(a,)` has none where one must be. */
  #continues(opener: Opener): boolean {
    const state = this.#state;
    const cursor = this.#cursor;
    if (cursor.passes(TokenKind.comma)) {
      if (cursor.kind === TokenKind.closeParenthesis)
        state.missingName("The name of a parameter is missing after ','.");
      return true;
    }
    if (!state.isRecovering || cursor.kind === TokenKind.closeParenthesis) return false;
    while (!cursor.isFirstOnLine && !state.isBeyond(opener) && cursor.kind !== TokenKind.closeParenthesis) {
      const { kind } = cursor;
      if (hasTrait(kind, TokenTrait.startsStatement)) return false;
      state.report({ ...cursor.span, message: `'${cursor.text}' can't stand among the parameters.` });
      if (kind === TokenKind.name) return true;
      cursor.skip();
      if (cursor.passes(TokenKind.comma)) return cursor.kind !== TokenKind.closeParenthesis;
    }
    return false;
  }
}
