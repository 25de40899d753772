import type { ExpressionParser } from "#language/syntax/expression-parser.ts";
import type { FunctionParser } from "#language/syntax/function-parser.ts";
import { Feature, type ParseState } from "#language/syntax/parse-state.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type { LocalName, NameNode, Span, Statement } from "#language/syntax/tree.ts";

/** Reads local variables and local functions. */
export class LocalParser {
  readonly #state: ParseState;
  readonly #cursor: TokenCursor;
  readonly #expressions: ExpressionParser;
  readonly #functions: FunctionParser;

  constructor(state: ParseState, expressions: ExpressionParser, functions: FunctionParser) {
    this.#state = state;
    this.#cursor = state.cursor;
    this.#expressions = expressions;
    this.#functions = functions;
  }

  /** The cursor is at `local`. */
  statement(): Statement {
    const cursor = this.#cursor;
    const { index } = cursor;
    const localKeyword = cursor.take();
    const isFunction = cursor.kind === TokenKind.function && !this.#state.startsAnother();
    if (!isFunction) return this.#variables(localKeyword, index);
    const functionIndex = cursor.index;
    const keyword = cursor.take();
    const name = this.#state.expectName("The name of the function is missing.");
    return this.#function(localKeyword, name, keyword, functionIndex);
  }

  #function(localKeyword: Span, name: NameNode, keyword: Span, index: number): Statement {
    this.#state.declared++;
    const body = this.#functions.body(keyword, index);
    return { kind: "LocalFunction", localKeyword, name, body, start: localKeyword.start, end: body.end };
  }

  /** `local f(x)` lacks its `function`. */
  #variables(localKeyword: Span, index: number): Statement {
    const state = this.#state;
    const cursor = this.#cursor;
    const names = [this.#name()];
    const name = names[0]?.name;
    if (
      name?.text &&
      state.isRecovering &&
      cursor.kind === TokenKind.openParenthesis &&
      !cursor.isFirstOnLine
    ) {
      const keyword = { start: name.start, end: name.start };
      const insertion = { at: name.start, text: "function " };
      state.report({
        start: name.start,
        end: name.end,
        message: "'function' is missing before the name of the function.",
        insertion,
      });
      return this.#function(localKeyword, name, keyword, index);
    }
    while (cursor.passes(TokenKind.comma)) names.push(this.#name());
    state.declared += names.length;
    this.#checkClosing(names);
    const values = this.#passAssign() ? this.#expressions.list() : [];
    const { start } = localKeyword;
    return { kind: "LocalStatement", localKeyword, names, values, start, end: cursor.previousEnd };
  }

  /** A name with its attribute; which ones there are is known to the grammar of Lua. */
  #name(): LocalName {
    const state = this.#state;
    const name = state.expectName("The name of a variable is missing.");
    if (!this.#cursor.passes(TokenKind.less)) return { name };
    state.features |= Feature.attribute;
    const attribute = state.expectName("An attribute is missing between '<' and '>': const or close.");
    state.expect(TokenKind.greater, ">", "'>' is missing: it closes the attribute.");
    if (attribute.text !== "" && attribute.text !== "const" && attribute.text !== "close") {
      const { text, start, end } = attribute;
      state.report({ start, end, message: `Lua has no attribute '${text}': there are const and close.` });
    }
    return { name, attribute };
  }

  /** Lua closes one variable of a list at most. */
  #checkClosing(names: readonly LocalName[]): void {
    const second = names.filter(({ attribute }) => attribute?.text === "close")[1];
    if (!second) return;
    const { start, end } = second.name;
    this.#state.report({ start, end, message: "Only one variable of a list can be <close>." });
  }

  /** Whether values follow; recovering, also without the sign. */
  #passAssign(): boolean {
    const cursor = this.#cursor;
    if (cursor.passes(TokenKind.assign)) return true;
    if (!this.#state.isRecovering || cursor.isFirstOnLine) return false;
    if (cursor.kind === TokenKind.equal) {
      this.#state.report({ ...cursor.span, message: "'==' compares; '=' assigns." });
      cursor.skip();
      return true;
    }
    if (!hasTrait(cursor.kind, TokenTrait.startsExpression)) return false;
    this.#state.reportMissing(" =", "'=' is missing before the value.");
    return true;
  }
}
