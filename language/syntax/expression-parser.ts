import { numberValue } from "#language/syntax/number-literal.ts";
import type { ParseState } from "#language/syntax/parse-state.ts";
import { decodeShort, malformedEscape } from "#language/syntax/string-content.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type {
  CallForm,
  Expression,
  FunctionBody,
  NumberExpression,
  Span,
  StringExpression,
  TableExpression,
  TableField,
} from "#language/syntax/tree.ts";

/** Reads a function from its parameters to its `end`; the statement parser does, since it reads blocks. */
export type ReadFunctionBody = (keyword: Span, start: number) => FunctionBody;

/** Left and right binding power of the binary operators (Lua 5.4 manual, §3.4.8). */
const binaryPowers: ReadonlyMap<number, readonly [left: number, right: number]> = new Map([
  [TokenKind.or, [1, 1]],
  [TokenKind.and, [2, 2]],
  [TokenKind.less, [3, 3]],
  [TokenKind.greater, [3, 3]],
  [TokenKind.lessEqual, [3, 3]],
  [TokenKind.greaterEqual, [3, 3]],
  [TokenKind.notEqual, [3, 3]],
  [TokenKind.equal, [3, 3]],
  [TokenKind.pipe, [4, 4]],
  [TokenKind.tilde, [5, 5]],
  [TokenKind.ampersand, [6, 6]],
  [TokenKind.shiftLeft, [7, 7]],
  [TokenKind.shiftRight, [7, 7]],
  [TokenKind.concat, [9, 8]],
  [TokenKind.plus, [10, 10]],
  [TokenKind.minus, [10, 10]],
  [TokenKind.star, [11, 11]],
  [TokenKind.slash, [11, 11]],
  [TokenKind.doubleSlash, [11, 11]],
  [TokenKind.percent, [11, 11]],
  [TokenKind.caret, [14, 13]],
]);

const unaryPower = 12;
const unaryOperators: ReadonlySet<number> = new Set([
  TokenKind.not,
  TokenKind.minus,
  TokenKind.hash,
  TokenKind.tilde,
]);

/** Reads expressions. */
export class ExpressionParser {
  readonly #state: ParseState;
  readonly #cursor: TokenCursor;
  readonly #readFunctionBody: ReadFunctionBody;

  constructor(state: ParseState, readFunctionBody: ReadFunctionBody) {
    this.#state = state;
    this.#cursor = state.cursor;
    this.#readFunctionBody = readFunctionBody;
  }

  /** One expression; a `MissingExpression`, and a problem, where none starts. */
  expression(where: string): Expression {
    return this.#binary(0, where);
  }

  /** Expressions with commas between them, at least one. */
  list(where: string): Expression[] {
    const expressions = [this.expression(where)];
    while (this.#cursor.accept(TokenKind.comma)) expressions.push(this.expression("after ','"));
    return expressions;
  }

  #binary(least: number, where: string): Expression {
    return this.#state.nested(
      () => {
        let left = this.#unary(where);
        for (;;) {
          const powers = binaryPowers.get(this.#cursor.kind);
          if (!powers || powers[0] <= least || this.#endsHere()) return left;
          const operator = this.#cursor.text;
          const operatorSpan = this.#cursor.advance();
          const right = this.#binary(powers[1], `after '${operator}'`);
          left = {
            kind: "BinaryExpression",
            operator,
            operatorSpan,
            left,
            right,
            start: left.start,
            end: right.end,
          };
        }
      },
      () => this.#missing(where),
    );
  }

  /** In a damaged text an operator never joins a line to one that starts afresh at the same indentation. */
  #endsHere(): boolean {
    return (
      this.#state.isRecovering &&
      this.#cursor.isFirstOnLine &&
      this.#cursor.columnOf(this.#cursor.index) === 0
    );
  }

  #unary(where: string): Expression {
    const { kind } = this.#cursor;
    if (!unaryOperators.has(kind)) return this.#simple(where);
    const operator = this.#cursor.text;
    const { start } = this.#cursor.advance();
    const operand = this.#binary(unaryPower, `after '${operator}'`);
    return { kind: "UnaryExpression", operator, operand, start, end: operand.end };
  }

  #simple(where: string): Expression {
    const cursor = this.#cursor;
    switch (cursor.kind) {
      case TokenKind.nil:
        return { kind: "LiteralExpression", value: undefined, ...cursor.advance() };
      case TokenKind.true:
        return { kind: "LiteralExpression", value: true, ...cursor.advance() };
      case TokenKind.false:
        return { kind: "LiteralExpression", value: false, ...cursor.advance() };
      case TokenKind.number:
        return this.#number();
      case TokenKind.shortString:
      case TokenKind.longString:
        return this.#string();
      case TokenKind.ellipsis:
        return { kind: "VarargExpression", ...cursor.advance() };
      case TokenKind.openBrace:
        return this.table();
      case TokenKind.function: {
        const keyword = cursor.advance();
        const body = this.#readFunctionBody(keyword, keyword.start);
        return { kind: "FunctionExpression", body, start: body.start, end: body.end };
      }
      default:
        return this.suffixed(where);
    }
  }

  /** A name or a parenthesis with whatever members, indexes and calls follow it. */
  suffixed(where: string): Expression {
    let expression = this.#primary(where);
    if (expression.kind === "MissingExpression") return expression;
    for (;;) {
      const next = this.#suffix(expression);
      if (!next) return expression;
      expression = next;
    }
  }

  #primary(where: string): Expression {
    const cursor = this.#cursor;
    if (cursor.kind === TokenKind.name)
      return { kind: "NameExpression", text: cursor.text, ...cursor.advance() };
    if (cursor.kind !== TokenKind.openParenthesis) return this.#missing(where);
    const open = cursor.advance();
    const inner = this.expression("after '('");
    const close = this.#state.expect(TokenKind.closeParenthesis, ")", "')' is missing: it closes '('.", {
      span: open,
      message: "'(' is here",
    });
    return { kind: "ParenthesizedExpression", inner, start: open.start, end: close?.end ?? inner.end };
  }

  #suffix(object: Expression): Expression | undefined {
    const cursor = this.#cursor;
    if (this.#startsStatement()) return undefined;
    switch (cursor.kind) {
      case TokenKind.dot:
        return this.#member(object, cursor.advance());
      case TokenKind.openBracket:
        return this.#indexed(object);
      case TokenKind.colon:
        return this.#method(object);
      case TokenKind.openParenthesis:
      case TokenKind.openBrace:
      case TokenKind.shortString:
      case TokenKind.longString: {
        const call = this.#arguments();
        return {
          kind: "CallExpression",
          callee: object,
          ...call,
          start: object.start,
          end: cursor.previousEnd,
        };
      }
      default:
        return undefined;
    }
  }

  /** In a damaged text a line that starts at the left edge continues nothing. */
  #startsStatement(): boolean {
    return (
      this.#state.isRecovering &&
      this.#cursor.isFirstOnLine &&
      this.#cursor.columnOf(this.#cursor.index) === 0
    );
  }

  #member(object: Expression, separator: Span): Expression {
    // `foo.` at the end of a line is what somebody is typing: the next line is not its member.
    const isTyped = this.#state.isRecovering && this.#cursor.isFirstOnLine;
    const member = isTyped
      ? this.#missingName(separator.end)
      : this.#state.expectName("a field stands after '.'");
    return { kind: "MemberExpression", object, member, separator, start: object.start, end: member.end };
  }

  #missingName(at: number): { kind: "NameNode"; text: string; start: number; end: number } {
    this.#state.report({ start: at - 1, end: at, message: "A name is missing: a field stands after it." });
    return { kind: "NameNode", text: "", start: at, end: at };
  }

  #indexed(object: Expression): Expression {
    const open = this.#cursor.advance();
    const key = this.expression("after '['");
    this.#state.expect(TokenKind.closeBracket, "]", "']' is missing: it closes '['.", {
      span: open,
      message: "'[' is here",
    });
    return { kind: "IndexExpression", object, key, start: object.start, end: this.#cursor.previousEnd };
  }

  #method(object: Expression): Expression {
    const separator = this.#cursor.advance();
    const isTyped = this.#state.isRecovering && this.#cursor.isFirstOnLine;
    const method = isTyped
      ? this.#missingName(separator.end)
      : this.#state.expectName("a method stands after ':'");
    const { start } = object;
    if (!isTyped && this.#startsArguments()) {
      const call = this.#arguments();
      return { kind: "MethodCall", object, separator, method, ...call, start, end: this.#cursor.previousEnd };
    }
    this.#state.report({
      start: separator.start,
      end: method.end,
      message: "A method is called: its arguments are missing.",
    });
    return { kind: "MemberExpression", object, member: method, separator, start, end: method.end };
  }

  #startsArguments(): boolean {
    const { kind } = this.#cursor;
    return (
      kind === TokenKind.openParenthesis ||
      kind === TokenKind.openBrace ||
      kind === TokenKind.shortString ||
      kind === TokenKind.longString
    );
  }

  #arguments(): { arguments: Expression[]; form: CallForm; argumentList: Span } {
    const cursor = this.#cursor;
    if (cursor.kind === TokenKind.openBrace) {
      const table = this.table();
      return { arguments: [table], form: "table", argumentList: { start: table.start, end: table.end } };
    }
    if (cursor.kind !== TokenKind.openParenthesis) {
      const text = this.#string();
      return { arguments: [text], form: "string", argumentList: { start: text.start, end: text.end } };
    }
    const indent = cursor.indentOfLine(cursor.index);
    const open = cursor.advance();
    const next: number = cursor.kind;
    const isEmpty = next === TokenKind.closeParenthesis || this.#state.endsByIndent(indent);
    const values = isEmpty ? [] : this.list("among the arguments");
    this.#state.expect(TokenKind.closeParenthesis, ")", "')' is missing: it closes the arguments.", {
      span: open,
      message: "'(' is here",
    });
    return {
      arguments: values,
      form: "parentheses",
      argumentList: { start: open.start, end: cursor.previousEnd },
    };
  }

  table(): TableExpression {
    const cursor = this.#cursor;
    const indent = cursor.indentOfLine(cursor.index);
    const openBrace = cursor.advance();
    const fields: TableField[] = [];
    while (cursor.kind !== TokenKind.closeBrace && !this.#tableEnds(indent)) {
      const before = cursor.index;
      fields.push(this.#field());
      if (cursor.accept(TokenKind.comma) || cursor.accept(TokenKind.semicolon)) continue;
      if (cursor.kind === TokenKind.closeBrace || this.#tableEnds(indent)) break;
      if (!this.#continuesWithoutComma(before)) break;
    }
    const closeBrace = this.#closeBrace(openBrace, indent);
    return {
      kind: "TableExpression",
      fields,
      openBrace,
      ...(closeBrace && { closeBrace }),
      start: openBrace.start,
      end: cursor.previousEnd,
    };
  }

  #closeBrace(openBrace: Span, indent: number): Span | undefined {
    const { cursor } = this.#state;
    const isOurs =
      !this.#state.isRecovering || !cursor.isFirstOnLine || cursor.columnOf(cursor.index) >= indent;
    const related = { span: openBrace, message: "'{' is here" };
    if (isOurs)
      return this.#state.expect(TokenKind.closeBrace, "}", "'}' is missing: it closes '{'.", related);
    const at = cursor.previousEnd;
    this.#state.report({
      start: Math.max(0, at - 1),
      end: at,
      message: "'}' is missing: it closes '{'.",
      insertion: { at, text: "}" },
      related,
    });
    return undefined;
  }

  /** Tells of the comma that is missing, and whether another field follows. */
  #continuesWithoutComma(before: number): boolean {
    const cursor = this.#cursor;
    if (cursor.index === before) {
      if (!this.#state.isRecovering || this.#endsStatement()) return false;
      cursor.advance();
      return true;
    }
    if (!this.#state.isRecovering || this.#endsStatement()) return false;
    const at = cursor.previousEnd;
    this.#state.report({
      start: at - 1,
      end: at,
      message: "',' is missing between two fields of a table.",
      insertion: { at, text: "," },
    });
    return true;
  }

  #endsStatement(): boolean {
    const { kind } = this.#cursor;
    return (
      kind === TokenKind.endOfFile ||
      kind === TokenKind.end ||
      kind === TokenKind.closeParenthesis ||
      kind === TokenKind.local ||
      kind === TokenKind.return
    );
  }

  #tableEnds(indent: number): boolean {
    const { kind } = this.#cursor;
    if (kind === TokenKind.endOfFile) return true;
    return kind !== TokenKind.closeBrace && this.#state.endsByIndent(indent);
  }

  #field(): TableField {
    const cursor = this.#cursor;
    const { start } = cursor;
    if (cursor.kind === TokenKind.openBracket) return this.#keyedField(start);
    if (cursor.kind === TokenKind.name && cursor.peek() === TokenKind.assign) {
      const name = this.#state.expectName("a field");
      cursor.advance();
      const value = this.expression(`after '${name.text} ='`);
      return { kind: "NamedField", name, value, start, end: Math.max(value.end, cursor.previousEnd) };
    }
    const value = this.expression("in the table");
    return { kind: "PositionalField", value, start: value.start, end: value.end };
  }

  #keyedField(start: number): TableField {
    const cursor = this.#cursor;
    cursor.advance();
    const key = this.expression("after '['");
    this.#state.expect(TokenKind.closeBracket, "]", "']' is missing: it closes the key.");
    this.#state.expect(TokenKind.assign, " =", "'=' is missing after the key.");
    const value = this.expression("after '='");
    return { kind: "KeyedField", key, value, start, end: Math.max(value.end, cursor.previousEnd) };
  }

  #number(): NumberExpression {
    const { text, isMalformed, span } = this.#cursor;
    if (isMalformed) this.#state.report({ ...span, message: `'${text}' is no number.` });
    const { value, isInteger } = isMalformed ? { value: 0, isInteger: true } : numberValue(text);
    this.#cursor.advance();
    return { kind: "NumberExpression", value, isInteger, ...span };
  }

  #string(): StringExpression {
    const cursor = this.#cursor;
    const isLong = cursor.kind === TokenKind.longString;
    const { isMalformed, tokens, base } = cursor;
    const span = cursor.advance();
    const content = isLong
      ? longContent(tokens.text, base, span, isMalformed)
      : shortContent(tokens.text, base, span);
    const start = base + content.start;
    const end = base + content.end;
    const value = isLong
      ? tokens.text.slice(start, end).replaceAll(/\r\n|\n\r|\r/g, "\n")
      : decodeShort(tokens.text, start, end);
    if (isMalformed) this.#reportString(span, content, isLong);
    return { kind: "StringExpression", value, isLong, content, ...span };
  }

  #reportString(span: Span, content: Span, isLong: boolean): void {
    const { tokens, base } = this.#cursor;
    const bad = isLong ? undefined : malformedEscape(tokens.text, base + content.start, base + content.end);
    if (bad) {
      const place = { start: bad.start - base, end: bad.end - base };
      this.#state.report({ ...place, message: `${bad.message}.` });
    } else if (isLong) {
      const opening = { start: span.start, end: content.start };
      this.#state.report({ ...opening, message: "This long string has no end." });
    } else {
      const quote = tokens.text[base + span.start] ?? '"';
      this.#state.report({
        ...span,
        message: `This text has no end: ${quote} is missing.`,
        insertion: { at: span.end, text: quote },
      });
    }
  }

  #missing(where: string): Expression {
    const { cursor } = this.#state;
    const at = cursor.previousEnd;
    const isElsewhere = cursor.isFirstOnLine || cursor.kind === TokenKind.endOfFile;
    const place = isElsewhere ? { start: Math.max(0, at - 1), end: at } : cursor.span;
    this.#state.report({ ...place, message: `An expression is missing ${where}.` });
    return { kind: "MissingExpression", start: at, end: at };
  }
}

/** Between the quotes; a text without its end reaches to the end of the token. */
function shortContent(text: string, base: number, span: Span): Span {
  const isClosed = span.end - span.start > 1 && text[base + span.end - 1] === text[base + span.start];
  return { start: span.start + 1, end: isClosed ? span.end - 1 : span.end };
}

/** Between the brackets, without the line break right behind the opening one. */
function longContent(text: string, base: number, span: Span, isMalformed: boolean): Span {
  const width = text.indexOf("[", base + span.start + 1) - (base + span.start) + 1;
  const skipped = /^(\r\n|\n\r|\n|\r)?/.exec(
    text.slice(base + span.start + width, base + span.start + width + 2),
  )?.[0];
  const start = span.start + width + (skipped?.length ?? 0);
  return { start, end: isMalformed ? span.end : Math.max(start, span.end - width) };
}
