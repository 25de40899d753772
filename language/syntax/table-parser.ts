import type { ExpressionReader } from "#language/syntax/expression-reader.ts";
import type { Opener } from "#language/syntax/opener-state.ts";
import type { ParseState } from "#language/syntax/parse-state.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { NameNode, Span, TableExpression, TableField } from "#language/syntax/tree.ts";

/** Lua puts so many positional values aside before it stores them. */
const valuesPerStore = 50;

/** Reads table constructors. */
export class TableParser {
  readonly #state: ParseState;
  readonly #cursor: TokenCursor;
  readonly #expressions: ExpressionReader;

  constructor(state: ParseState, expressions: ExpressionReader) {
    this.#state = state;
    this.#cursor = state.cursor;
    this.#expressions = expressions;
  }

  /** From `{` to `}`; the cursor is at the first. */
  table(): TableExpression {
    const state = this.#state;
    const cursor = this.#cursor;
    const { index } = cursor;
    const openBrace = cursor.take();
    const opener = state.open(TokenKind.closeBrace, index);
    const fields = this.#fields(opener);
    const closeBrace = state.closing(opener, TokenKind.closeBrace, openBrace, { closer: "}", opener: "{" });
    const { start } = openBrace;
    const end = cursor.previousEnd;
    if (!closeBrace) return { kind: "TableExpression", fields, openBrace, start, end };
    return { kind: "TableExpression", fields, openBrace, closeBrace, start, end };
  }

  /** Each field is a line of its own to the recovery: the next one is no part of its value. */
  #fields(opener: Opener): TableField[] {
    const state = this.#state;
    const cursor = this.#cursor;
    const fields: TableField[] = [];
    let waiting = 1;
    state.await(1);
    while (cursor.kind !== TokenKind.closeBrace && (this.#isKeywordField() || !state.isBeyond(opener))) {
      const outer = state.beginLine();
      const field = this.#field();
      state.endLine(outer);
      fields.push(field);
      if (field.kind === "PositionalField" && waiting <= valuesPerStore) {
        state.await(1);
        waiting++;
      }
      if (cursor.passes(TokenKind.comma) || cursor.passes(TokenKind.semicolon)) continue;
      if (!state.isRecovering || !this.#continues(opener)) break;
    }
    state.await(-waiting);
    return fields;
  }

  /** Recovering, whether a field follows although no comma does. */
  #continues(opener: Opener): boolean {
    const isKeyed = this.#cursor.kind === TokenKind.openBracket && !this.#state.isBeyond(opener);
    if (!isKeyed) return this.#isKeywordField() || this.#state.continuesList(opener);
    this.#state.reportMissing(",", "',' is missing between two values.");
    return true;
  }

  #field(): TableField {
    const cursor = this.#cursor;
    if (cursor.kind === TokenKind.name) {
      const next = cursor.peek();
      if (next === TokenKind.assign) return this.#namedField(this.#name());
      if (next === TokenKind.colon && this.#state.isRecovering && this.#isColonField())
        return this.#colonField();
    }
    if (cursor.kind === TokenKind.openBracket) return this.#keyedField();
    if (this.#isKeywordField()) return this.#keywordField();
    return this.#positionalField();
  }

  #name(): NameNode {
    const { text, start, end } = this.#cursor;
    this.#cursor.skip();
    return { kind: "NameNode", text, start, end };
  }

  #namedField(name: NameNode): TableField {
    this.#cursor.skip();
    const value = this.#expressions.expression();
    return { kind: "NamedField", name, value, start: name.start, end: this.#cursor.previousEnd };
  }

  /** `[key] = value`. */
  #keyedField(): TableField {
    const state = this.#state;
    const cursor = this.#cursor;
    const { index } = cursor;
    const open = cursor.take();
    const opener = state.open(TokenKind.closeBracket, index);
    const key = this.#expressions.expression();
    state.closing(opener, TokenKind.closeBracket, open, { closer: "]", opener: "[" });
    const hasAssign = state.expect(TokenKind.assign, " =", "'=' is missing after the key.") !== undefined;
    const hasValue = hasAssign || !this.#endsField();
    return this.#keyed(key, open.start, hasValue);
  }

  #keyed(key: TableField["value"], start: number, hasValue: boolean): TableField {
    const at = this.#cursor.previousEnd;
    this.#state.await(1);
    const value = hasValue
      ? this.#expressions.expression()
      : ({ kind: "MissingExpression", start: at, end: at } as const);
    this.#state.await(-1);
    return { kind: "KeyedField", key, value, start, end: this.#cursor.previousEnd };
  }

  #endsField(): boolean {
    const { kind, isFirstOnLine } = this.#cursor;
    return isFirstOnLine || kind === TokenKind.comma || kind === TokenKind.closeBrace;
  }

  /** A value; `"key" = value` lacks the brackets around its key. */
  #positionalField(): TableField {
    const cursor = this.#cursor;
    const value = this.#expressions.expression();
    if (cursor.kind === TokenKind.assign && this.#state.isRecovering && !cursor.isFirstOnLine) {
      const message = "A key that is no plain name is written in brackets: [key] = value.";
      this.#state.report({ start: value.start, end: value.end, message });
      cursor.skip();
      return this.#keyed(value, value.start, true);
    }
    return {
      kind: "PositionalField",
      value,
      start: value.start,
      end: Math.max(value.end, cursor.previousEnd),
    };
  }

  /** `end = 1`: a keyword can't be the name of a field, and nothing but a field is meant. */
  #isKeywordField(): boolean {
    const { kind } = this.#cursor;
    const isKeyword = kind >= TokenKind.and && kind <= TokenKind.while;
    return isKeyword && this.#state.isRecovering && this.#cursor.peek() === TokenKind.assign;
  }

  #keywordField(): TableField {
    const { text, span } = this.#cursor;
    const message = `'${text}' is a word of Lua; as a key it is written ["${text}"].`;
    this.#state.report({ ...span, message });
    return this.#namedField(this.#name());
  }

  /** `name: value`, as other languages write it; a method call has nothing between the colon and the name. */
  #isColonField(): boolean {
    const { lexer, index } = this.#cursor;
    const colon = this.#cursor.significant(index + 1);
    const next = this.#cursor.significant(colon + 1);
    return next > colon + 1 || (lexer.kinds[next] ?? 0) !== TokenKind.name;
  }

  #colonField(): TableField {
    const name = this.#name();
    const colon: Span = this.#cursor.span;
    this.#state.report({
      ...colon,
      message: "Between the name of a field and its value stands '=', not ':'.",
    });
    return this.#namedField(name);
  }
}
