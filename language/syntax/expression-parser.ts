import type { ExpressionReader } from "#language/syntax/expression-reader.ts";
import {
  type ForeignOperator,
  foreignOperatorAt,
  foreignOperatorMessage,
} from "#language/syntax/foreign-words.ts";
import { readNumber, readString } from "#language/syntax/literal-parser.ts";
import { Feature, type ParseState } from "#language/syntax/parse-state.ts";
import { SuffixParser } from "#language/syntax/suffix-parser.ts";
import { TableParser } from "#language/syntax/table-parser.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import {
  hasTrait,
  isUnaryOperator,
  leftPower,
  rightPower,
  TokenTrait,
  unaryPower,
} from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { Expression, FunctionBody, Span } from "#language/syntax/tree.ts";

/** Reads a function behind its keyword, which is token number `index`; the parser of statements knows how. */
export type ReadFunctionBody = (keyword: Span, index: number) => FunctionBody;

/** Reads expressions. */
export class ExpressionParser implements ExpressionReader {
  readonly #state: ParseState;
  readonly #cursor: TokenCursor;
  readonly #readFunctionBody: ReadFunctionBody;
  readonly #tables: TableParser;
  readonly #suffixes: SuffixParser;

  constructor(state: ParseState, readFunctionBody: ReadFunctionBody) {
    this.#state = state;
    this.#cursor = state.cursor;
    this.#readFunctionBody = readFunctionBody;
    this.#tables = new TableParser(state, this);
    this.#suffixes = new SuffixParser(state, this, this.#tables);
  }

  expression(): Expression {
    return this.#operation(0);
  }

  /** Expressions with commas between them, at least one. */
  list(): Expression[] {
    const state = this.#state;
    const expressions = [this.expression()];
    state.await(1);
    while (this.#cursor.passes(TokenKind.comma) || this.#continuesList()) {
      expressions.push(this.expression());
      state.await(1);
    }
    state.await(-expressions.length);
    return expressions;
  }

  /** A name or a parenthesis with whatever members, indexes and calls follow it; the cursor is at it. */
  suffixed(): Expression {
    const { kind } = this.#cursor;
    if (kind === TokenKind.name || kind === TokenKind.openParenthesis) return this.#suffixes.suffixed();
    return this.#missing();
  }

  /** `x = 1 2`: a value on the same line belongs to the list, unless a statement starts there. */
  #continuesList(): boolean {
    const state = this.#state;
    const { kind, isFirstOnLine } = this.#cursor;
    if (!state.isRecovering || isFirstOnLine || !hasTrait(kind, TokenTrait.startsExpression)) return false;
    if (state.readsLikeStatement()) return false;
    state.reportMissing(",", "',' is missing between two values.");
    return true;
  }

  /** Operators that bind closer than `least`, and their operands. */
  #operation(least: number): Expression {
    const state = this.#state;
    const cursor = this.#cursor;
    if (!state.enter()) return this.#tooDeep();
    let left = this.#operand();
    for (let links = 1; ; links++) {
      const foreign = state.isRecovering ? this.#foreignOperator() : undefined;
      const power = foreign ? foreign.power : (leftPower[cursor.kind] ?? 0);
      if (power <= least) break;
      const first = state.mayLink(links) ? left : withoutLastOperation(left);
      left = foreign ? this.#foreignBinary(first, foreign) : this.#binary(first);
    }
    state.leave();
    return left;
  }

  #foreignOperator(): ForeignOperator | undefined {
    const { lexer, base, start } = this.#cursor;
    return foreignOperatorAt(lexer.text, base + start);
  }

  /** `a != b`, read as what is meant. */
  #foreignBinary(left: Expression, foreign: ForeignOperator): Expression {
    const cursor = this.#cursor;
    const { start } = cursor;
    const operatorSpan = { start, end: start + foreign.written.length };
    this.#state.report({ ...operatorSpan, message: foreignOperatorMessage(foreign) });
    cursor.skip();
    cursor.skip();
    return this.#withRight(left, foreign.operator, operatorSpan, foreign.power);
  }

  #binary(left: Expression): Expression {
    const cursor = this.#cursor;
    const { text: operator, kind } = cursor;
    return this.#withRight(left, operator, cursor.take(), rightPower[kind] ?? 0);
  }

  #withRight(left: Expression, operator: string, operatorSpan: Span, power: number): Expression {
    this.#state.await(1);
    const right = this.#operation(power);
    this.#state.await(-1);
    const { start } = left;
    return { kind: "BinaryExpression", operator, operatorSpan, left, right, start, end: right.end };
  }

  /** Recovering, a new statement on the next line is no operand. */
  #operand(): Expression {
    const cursor = this.#cursor;
    if (this.#state.startsAnother()) return this.#nothing();
    if (!isUnaryOperator(cursor.kind)) return this.#simple();
    const { text: operator, start } = cursor;
    cursor.skip();
    const operand = this.#operation(unaryPower);
    return { kind: "UnaryExpression", operator, operand, start, end: operand.end };
  }

  /** An operand without its operators. */
  #simple(): Expression {
    const cursor = this.#cursor;
    const { kind, start, end } = cursor;
    switch (kind) {
      case TokenKind.name:
      case TokenKind.openParenthesis:
        return this.#suffixes.suffixed();
      case TokenKind.shortString:
      case TokenKind.longString:
        return readString(this.#state);
      case TokenKind.number:
        return readNumber(this.#state);
      case TokenKind.openBrace:
        return this.#tables.table();
      case TokenKind.function:
        return this.#function();
      case TokenKind.nil:
        cursor.skip();
        return { kind: "LiteralExpression", value: undefined, start, end };
      case TokenKind.true:
      case TokenKind.false:
        cursor.skip();
        return { kind: "LiteralExpression", value: kind === TokenKind.true, start, end };
      case TokenKind.ellipsis:
        cursor.skip();
        this.#state.features |= Feature.vararg;
        return { kind: "VarargExpression", start, end };
      default:
        return this.#missing();
    }
  }

  #function(): Expression {
    const { index } = this.#cursor;
    const keyword = this.#cursor.take();
    const body = this.#readFunctionBody(keyword, index);
    return { kind: "FunctionExpression", body, start: body.start, end: body.end };
  }

  /** An expression is missing; what stands in its place on the line and can't be anything is passed over. */
  #missing(): Expression {
    const cursor = this.#cursor;
    const missing = this.#nothing();
    const { index } = cursor;
    while (!cursor.isFirstOnLine && this.#isJunk()) this.#state.passReported();
    const isFound = cursor.index > index && hasTrait(cursor.kind, TokenTrait.startsExpression);
    return isFound && !cursor.isFirstOnLine ? this.#operand() : missing;
  }

  /** What can't start anything and closes nothing. */
  #isJunk(): boolean {
    const { kind } = this.#cursor;
    if (hasTrait(kind, TokenTrait.joins)) return true;
    const isClosing = hasTrait(kind, TokenTrait.closes) && !hasTrait(kind, TokenTrait.endsBlock);
    return isClosing && !this.#state.isAwaited(kind);
  }

  /** What is nested beyond Lua's limit is not read. */
  #tooDeep(): Expression {
    const at = this.#cursor.previousEnd;
    this.#state.passNested();
    return { kind: "MissingExpression", start: at, end: at };
  }

  /** Notes that an expression is missing. */
  #nothing(): Expression {
    const cursor = this.#cursor;
    const at = cursor.previousEnd;
    const message = `An expression is missing after '${cursor.previousText}'.`;
    this.#state.report({ ...this.#state.placeOfMissing(), message });
    return { kind: "MissingExpression", start: at, end: at };
  }
}

/** What a chain of operations was before its last one. */
function withoutLastOperation(expression: Expression): Expression {
  return expression.kind === "BinaryExpression" ? expression.left : expression;
}
