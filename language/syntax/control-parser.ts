import type { ExpressionParser } from "#language/syntax/expression-parser.ts";
import type { ReadBlock } from "#language/syntax/function-parser.ts";
import type { Opener } from "#language/syntax/opener-state.ts";
import type { ParseState } from "#language/syntax/parse-state.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { Block, Expression, IfClause, NameNode, Span, Statement } from "#language/syntax/tree.ts";

/** The block of a statement up to its `end`. */
interface BlockToEnd {
  readonly block: Block;
  readonly endKeyword?: Span;
  readonly start: number;
  readonly end: number;
}

const wordsOfIf = { closer: "end", opener: "if" };
const wordsOfElseIf = {
  ...wordsOfIf,
  hint: " After 'else', 'if' opens another one: perhaps 'elseif' is meant.",
};

/** Reads `if`, loops and `do`. */
export class ControlParser {
  readonly #state: ParseState;
  readonly #cursor: TokenCursor;
  readonly #expressions: ExpressionParser;
  readonly #readBlock: ReadBlock;

  constructor(state: ParseState, expressions: ExpressionParser, readBlock: ReadBlock) {
    this.#state = state;
    this.#cursor = state.cursor;
    this.#expressions = expressions;
    this.#readBlock = readBlock;
  }

  /** Undefined when no such statement starts here. */
  statement(): Statement | undefined {
    switch (this.#cursor.kind) {
      case TokenKind.if:
        return this.#if();
      case TokenKind.while:
        return this.#while();
      case TokenKind.repeat:
        return this.#repeat();
      case TokenKind.for:
        return this.#for();
      case TokenKind.do:
        return this.#do();
      default:
        return undefined;
    }
  }

  /** One opener stands for all clauses, so that `elseif`, `else` and `end` find it. */
  #if(): Statement {
    const state = this.#state;
    const cursor = this.#cursor;
    const { index } = cursor;
    const keyword = cursor.take();
    const condition = this.#condition();
    const thenKeyword = this.#then();
    const opener = state.open(TokenKind.else, index);
    const clauses = [this.#clause(keyword, condition, thenKeyword, opener)];
    while (cursor.kind === TokenKind.elseif && !state.isBeyond(opener)) {
      const next = cursor.take();
      clauses.push(this.#clause(next, this.#condition(), this.#then(), opener));
    }
    const hasElse = cursor.kind === TokenKind.else && !state.isBeyond(opener);
    const otherwise = hasElse && { elseKeyword: cursor.take(), elseBlock: this.#readBlock(opener) };
    const isElseIf = otherwise && otherwise.elseBlock.statements[0]?.kind === "IfStatement";
    const words = isElseIf ? wordsOfElseIf : wordsOfIf;
    const endKeyword = state.closing(opener, TokenKind.end, keyword, words);
    return {
      kind: "IfStatement",
      clauses,
      ...otherwise,
      ...(endKeyword && { endKeyword }),
      start: keyword.start,
      end: cursor.previousEnd,
    };
  }

  /** An expression; `=` in it was meant as `==`. */
  #condition(): Expression {
    const cursor = this.#cursor;
    const left = this.#expressions.expression();
    if (!this.#state.isRecovering || cursor.kind !== TokenKind.assign || cursor.isFirstOnLine) return left;
    const operatorSpan = cursor.span;
    this.#state.report({ ...operatorSpan, message: "'=' assigns; '==' compares." });
    cursor.skip();
    const right = this.#expressions.expression();
    const { start } = left;
    return { kind: "BinaryExpression", operator: "==", operatorSpan, left, right, start, end: right.end };
  }

  #then(): Span | undefined {
    return this.#state.expect(TokenKind.then, " then", "'then' is missing after the condition.");
  }

  /** The block behind a condition. */
  #clause(keyword: Span, condition: Expression, thenKeyword: Span | undefined, opener: Opener): IfClause {
    const block = this.#readBlock(opener);
    const { start } = keyword;
    const end = Math.max(block.end, this.#cursor.previousEnd);
    if (!thenKeyword) return { kind: "IfClause", keyword, condition, block, start, end };
    return { kind: "IfClause", keyword, condition, thenKeyword, block, start, end };
  }

  #while(): Statement {
    const { index } = this.#cursor;
    const keyword = this.#cursor.take();
    const condition = this.#condition();
    this.#expectDo();
    return { kind: "WhileStatement", keyword, condition, ...this.#blockToEnd(index, keyword, "while") };
  }

  #do(): Statement {
    const { index } = this.#cursor;
    const keyword = this.#cursor.take();
    return { kind: "DoStatement", keyword, ...this.#blockToEnd(index, keyword, "do") };
  }

  /** Without `until` there is no condition to look for. */
  #repeat(): Statement {
    const state = this.#state;
    const { index } = this.#cursor;
    const keyword = this.#cursor.take();
    const opener = state.open(TokenKind.until, index);
    const block = this.#readBlock(opener);
    const untilKeyword = state.closing(opener, TokenKind.until, keyword, {
      closer: "until",
      opener: "repeat",
    });
    const at = this.#cursor.previousEnd;
    const condition: Expression = untilKeyword
      ? this.#condition()
      : { kind: "MissingExpression", start: at, end: at };
    return {
      kind: "RepeatStatement",
      keyword,
      block,
      ...(untilKeyword && { untilKeyword }),
      condition,
      start: keyword.start,
      end: this.#cursor.previousEnd,
    };
  }

  /** What tells the two kinds of loops apart is behind the first name. */
  #for(): Statement {
    const state = this.#state;
    const cursor = this.#cursor;
    const { index } = cursor;
    const keyword = cursor.take();
    const first = state.expectName("The variable of the loop is missing.");
    if (cursor.passes(TokenKind.assign)) return this.#numericFor(index, keyword, first);
    const variables = [first];
    while (cursor.passes(TokenKind.comma))
      variables.push(state.expectName("A variable of the loop is missing."));
    const hasIn = state.expect(
      TokenKind.in,
      " in",
      "'in' (or '=') is missing after the variables of the loop.",
    );
    const follows = hasIn || (hasTrait(cursor.kind, TokenTrait.startsExpression) && !cursor.isFirstOnLine);
    const iterators = follows ? this.#expressions.list() : [];
    this.#expectDo();
    state.declared += variables.length + 4;
    return { kind: "GenericFor", keyword, variables, iterators, ...this.#blockToEnd(index, keyword, "for") };
  }

  #numericFor(index: number, keyword: Span, variable: NameNode): Statement {
    const state = this.#state;
    const cursor = this.#cursor;
    const from = this.#expressions.expression();
    const hasLast = state.expect(TokenKind.comma, ", 1", "',' and the last value are missing.");
    const at = cursor.previousEnd;
    const to: Expression = hasLast
      ? this.#expressions.expression()
      : { kind: "MissingExpression", start: at, end: at };
    const step = cursor.passes(TokenKind.comma) && this.#expressions.expression();
    this.#expectDo();
    state.declared += 4;
    const rest = this.#blockToEnd(index, keyword, "for");
    return { kind: "NumericFor", keyword, variable, from, to, ...(step && { step }), ...rest };
  }

  #expectDo(): void {
    this.#state.expect(TokenKind.do, " do", "'do' is missing before the body of the loop.");
  }

  /** `index` is the number of the token that the `end` closes. */
  #blockToEnd(index: number, keyword: Span, word: string): BlockToEnd {
    const state = this.#state;
    const opener = state.open(TokenKind.end, index);
    const block = this.#readBlock(opener);
    const endKeyword = state.closing(opener, TokenKind.end, keyword, { closer: "end", opener: word });
    const { start } = keyword;
    const end = this.#cursor.previousEnd;
    return endKeyword ? { block, endKeyword, start, end } : { block, start, end };
  }
}
