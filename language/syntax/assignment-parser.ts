import type { ExpressionParser } from "#language/syntax/expression-parser.ts";
import { strayNameHint } from "#language/syntax/foreign-words.ts";
import type { ParseState } from "#language/syntax/parse-state.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { hasTrait, leftPower, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { Expression, Statement } from "#language/syntax/tree.ts";

/** The object and the key of a field wait for the value. */
const valuesPerTarget = 2;

/** Reads the statements that start like an expression: calls and assignments. */
export class AssignmentParser {
  readonly #state: ParseState;
  readonly #cursor: TokenCursor;
  readonly #expressions: ExpressionParser;

  constructor(state: ParseState, expressions: ExpressionParser) {
    this.#state = state;
    this.#cursor = state.cursor;
    this.#expressions = expressions;
  }

  /** The cursor is at a name or at `(`. */
  statement(): Statement {
    const cursor = this.#cursor;
    const call = this.#expressions.suffixed();
    const { start } = call;
    if (cursor.kind === TokenKind.assign || cursor.kind === TokenKind.comma) return this.#assignment(call);
    if (call.kind === "CallExpression" || call.kind === "MethodCall")
      return { kind: "CallStatement", call, start, end: cursor.previousEnd };
    if (this.#state.isRecovering && isVariable(call) && this.#passLikeAssign(call))
      return this.#values([call]);
    if (this.#state.isRecovering && !cursor.isFirstOnLine && this.#state.foreignHint() !== undefined)
      this.#state.report({ ...cursor.span, message: "This can't stand here." });
    const stray = call.kind === "NameExpression" ? strayNameHint(call.text) : undefined;
    const message = stray ?? "A value alone does nothing: call it, or assign it to something.";
    this.#state.report({ start, end: call.end, message });
    return { kind: "CallStatement", call, start, end: cursor.previousEnd };
  }

  /** Each target nests one level deeper in Lua, and its values are read inside the last one. */
  #assignment(first: Expression): Statement {
    const state = this.#state;
    const cursor = this.#cursor;
    const targets = [first];
    let levels = 0;
    state.await(valuesPerTarget);
    while (cursor.passes(TokenKind.comma)) {
      if (state.enter()) levels++;
      state.await(valuesPerTarget);
      targets.push(this.#expressions.suffixed());
    }
    for (const target of targets) this.#checkTarget(target);
    const isComplete = state.expect(TokenKind.assign, " = nil", "'=' is missing after the variables.");
    const statement: Statement = isComplete
      ? this.#values(targets)
      : { kind: "Assignment", targets, values: [], start: first.start, end: cursor.previousEnd };
    state.leave(levels);
    state.await(-valuesPerTarget * targets.length);
    return statement;
  }

  #values(targets: readonly Expression[]): Statement {
    const values = this.#expressions.list();
    const start = targets[0]?.start ?? 0;
    return { kind: "Assignment", targets, values, start, end: this.#cursor.previousEnd };
  }

  /** A call or a parenthesis is no variable. */
  #checkTarget(target: Expression): void {
    if (isVariable(target) || target.kind === "MissingExpression") return;
    const { start, end } = target;
    const message = "Nothing can be assigned to this: a variable or a field must stand here.";
    this.#state.report({ start, end, message });
  }

  /** What is meant as `=`: `==`, `+=`, `:=`, or nothing at all before a value. Reads it, so that the values follow. */
  #passLikeAssign(target: Expression): boolean {
    const cursor = this.#cursor;
    if (cursor.isFirstOnLine) return false;
    if (cursor.kind === TokenKind.equal) {
      this.#state.report({ ...cursor.span, message: "'==' compares; '=' assigns." });
      cursor.skip();
      return true;
    }
    if (this.#isCompound()) {
      const { start } = cursor.take();
      const { end } = cursor.span;
      this.#state.report({ start, end, message: "Lua has no such assignment: write 'a = a + b'." });
      cursor.skip();
      return true;
    }
    const { kind } = cursor;
    const isOperator =
      kind === TokenKind.minus || kind === TokenKind.tilde || kind === TokenKind.openParenthesis;
    const isValue =
      kind === TokenKind.name ? this.#namesValue() : hasTrait(kind, TokenTrait.startsExpression);
    if (!isValue || isOperator) return false;
    const insertion = { at: target.end, text: " =" };
    this.#state.report({ ...cursor.span, message: "'=' is missing before the value.", insertion });
    return true;
  }

  /** An operator and `=` side by side. */
  #isCompound(): boolean {
    const { lexer, index, kind } = this.#cursor;
    return (
      (leftPower[kind] ?? 0) > 0 &&
      (lexer.kinds[this.#cursor.significant(index + 1)] ?? 0) === TokenKind.assign
    );
  }

  /** `x Agent {`: a name that is called or indexed. `lcoal x = 1` is not. */
  #namesValue(): boolean {
    switch (this.#cursor.peek()) {
      case TokenKind.openBrace:
      case TokenKind.openParenthesis:
      case TokenKind.shortString:
      case TokenKind.longString:
        return true;
      default:
        return false;
    }
  }
}

function isVariable({ kind }: Expression): boolean {
  return kind === "NameExpression" || kind === "MemberExpression" || kind === "IndexExpression";
}
