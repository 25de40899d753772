import type { ExpressionReader } from "#language/syntax/expression-reader.ts";
import { readString } from "#language/syntax/literal-parser.ts";
import type { Opener } from "#language/syntax/opener-state.ts";
import type { ParseState } from "#language/syntax/parse-state.ts";
import type { TableParser } from "#language/syntax/table-parser.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { CallForm, Expression, Span } from "#language/syntax/tree.ts";

/** What a call gives to the function. */
interface Arguments {
  readonly arguments: readonly Expression[];
  readonly form: CallForm;
  readonly argumentList: Span;
}

/** Reads a name or a parenthesis with whatever members, indexes and calls follow it. */
export class SuffixParser {
  readonly #state: ParseState;
  readonly #cursor: TokenCursor;
  readonly #expressions: ExpressionReader;
  readonly #tables: TableParser;

  constructor(state: ParseState, expressions: ExpressionReader, tables: TableParser) {
    this.#state = state;
    this.#cursor = state.cursor;
    this.#expressions = expressions;
    this.#tables = tables;
  }

  /** The cursor is at a name or at `(`. */
  suffixed(): Expression {
    let expression = this.#primary();
    for (let links = 1; this.#continues(); links++) {
      const object = this.#state.mayLink(links) ? expression : withoutLastLink(expression);
      expression = this.#suffix(object);
    }
    return expression;
  }

  /** What a chain starts with. */
  #primary(): Expression {
    const state = this.#state;
    const cursor = this.#cursor;
    const { start, end, index } = cursor;
    if (cursor.kind === TokenKind.name) {
      const { text } = cursor;
      cursor.skip();
      return { kind: "NameExpression", text, start, end };
    }
    const open = cursor.take();
    const opener = state.open(TokenKind.closeParenthesis, index);
    const inner = this.#expressions.expression();
    if (state.isRecovering) this.#passRest(opener);
    state.closing(opener, TokenKind.closeParenthesis, open, parentheses);
    return { kind: "ParenthesizedExpression", inner, start, end: cursor.previousEnd };
  }

  /** `(a b)`: what stands too much before the closing bracket. */
  #passRest(opener: Opener): void {
    const state = this.#state;
    while (state.continuesList(opener)) this.#expressions.expression();
  }

  /** Whether a suffix follows. */
  #continues(): boolean {
    switch (this.#cursor.kind) {
      case TokenKind.dot:
      case TokenKind.colon:
      case TokenKind.openBracket:
      case TokenKind.openBrace:
      case TokenKind.shortString:
      case TokenKind.longString:
        return true;
      case TokenKind.openParenthesis:
        return !this.#state.isBackAtMargin();
      default:
        return false;
    }
  }

  /** One link of the chain. */
  #suffix(object: Expression): Expression {
    const cursor = this.#cursor;
    switch (cursor.kind) {
      case TokenKind.dot:
        return this.#member(object);
      case TokenKind.openBracket:
        return this.#indexed(object);
      case TokenKind.colon:
        return this.#method(object);
      default: {
        const { arguments: values, form, argumentList } = this.#arguments(1);
        const { start } = object;
        const end = cursor.previousEnd;
        return { kind: "CallExpression", callee: object, arguments: values, form, argumentList, start, end };
      }
    }
  }

  #member(object: Expression): Expression {
    const separator = this.#cursor.take();
    this.#state.crossLine();
    const member = this.#state.expectName("A name is missing after '.'.");
    return { kind: "MemberExpression", object, member, separator, start: object.start, end: member.end };
  }

  #indexed(object: Expression): Expression {
    const state = this.#state;
    const { index } = this.#cursor;
    const open = this.#cursor.take();
    const opener = state.open(TokenKind.closeBracket, index);
    state.await(1);
    const key = this.#expressions.expression();
    state.await(-1);
    if (state.isRecovering) this.#passRest(opener);
    state.closing(opener, TokenKind.closeBracket, open, { closer: "]", opener: "[" });
    return { kind: "IndexExpression", object, key, start: object.start, end: this.#cursor.previousEnd };
  }

  /** `object:name` without a call is complete for who reads the tree, but not for Lua. */
  #method(object: Expression): Expression {
    const { start } = object;
    const separator = this.#cursor.take();
    this.#state.crossLine();
    const method = this.#state.expectName("A name is missing after ':': the method that is called.");
    if (method.text !== "" && this.#startsArguments()) {
      const { arguments: values, form, argumentList } = this.#arguments(2);
      const end = this.#cursor.previousEnd;
      return {
        kind: "MethodCall",
        object,
        separator,
        method,
        arguments: values,
        form,
        argumentList,
        start,
        end,
      };
    }
    const message = "A method can only be called: its arguments are missing.";
    const insertion = { at: method.end, text: "()" };
    this.#state.report({ start: separator.start, end: method.end, message, insertion });
    return { kind: "MemberExpression", object, member: method, separator, start, end: method.end };
  }

  #startsArguments(): boolean {
    const { kind } = this.#cursor;
    if (kind === TokenKind.openParenthesis) return !this.#state.isBackAtMargin();
    return kind === TokenKind.openBrace || kind === TokenKind.shortString || kind === TokenKind.longString;
  }

  /** `held` is how many values wait for the arguments: the function, and the object of a method. */
  #arguments(held: number): Arguments {
    const cursor = this.#cursor;
    this.#state.await(held);
    const found = cursor.kind === TokenKind.openParenthesis ? this.#argumentList() : this.#soleArgument();
    this.#state.await(-held);
    return found;
  }

  /** A table or a string without parentheses. */
  #soleArgument(): Arguments {
    const isTable = this.#cursor.kind === TokenKind.openBrace;
    const value = isTable ? this.#tables.table() : readString(this.#state);
    const argumentList = { start: value.start, end: value.end };
    return { arguments: [value], form: isTable ? "table" : "string", argumentList };
  }

  /** In parentheses. */
  #argumentList(): Arguments {
    const state = this.#state;
    const cursor = this.#cursor;
    const { index } = cursor;
    const open = cursor.take();
    const opener = state.open(TokenKind.closeParenthesis, index);
    const values = this.#values(opener);
    state.closing(opener, TokenKind.closeParenthesis, open, parentheses);
    const argumentList = { start: open.start, end: cursor.previousEnd };
    return { arguments: values, form: "parentheses", argumentList };
  }

  /** Arguments up to `)`, or to where it should stand. */
  #values(opener: Opener): readonly Expression[] {
    const state = this.#state;
    const cursor = this.#cursor;
    if (cursor.kind === TokenKind.closeParenthesis || state.isBeyond(opener)) return [];
    const values: Expression[] = [];
    do {
      values.push(this.#expressions.expression());
      state.await(1);
      if (state.isRecovering) this.#nameOfArgument();
    } while (cursor.passes(TokenKind.comma) || (state.isRecovering && state.continuesList(opener)));
    state.await(-values.length);
    return values;
  }

  /** `f(name = value)`, as other languages have it. */
  #nameOfArgument(): void {
    const cursor = this.#cursor;
    if (cursor.kind !== TokenKind.assign || cursor.isFirstOnLine) return;
    const message = "Arguments have no names: give a table, {name = value}, or the value alone.";
    this.#state.report({ ...cursor.span, message });
    cursor.skip();
    if (hasTrait(cursor.kind, TokenTrait.startsExpression)) this.#expressions.expression();
  }
}

const parentheses = { closer: ")", opener: "(" };

/** What a chain was before its last link. */
function withoutLastLink(expression: Expression): Expression {
  switch (expression.kind) {
    case "MemberExpression":
    case "IndexExpression":
    case "MethodCall":
      return expression.object;
    case "CallExpression":
      return expression.callee;
    default:
      return expression;
  }
}
