import { AssignmentParser } from "#language/syntax/assignment-parser.ts";
import { ControlParser } from "#language/syntax/control-parser.ts";
import { ExpressionParser } from "#language/syntax/expression-parser.ts";
import { FunctionParser } from "#language/syntax/function-parser.ts";
import { labelsUpTo } from "#language/syntax/jump-scope.ts";
import { LocalParser } from "#language/syntax/local-parser.ts";
import { isClosedBy, type Opener } from "#language/syntax/opener-state.ts";
import { Feature, type ParseState } from "#language/syntax/parse-state.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { hasTrait, TokenTrait } from "#language/syntax/token-traits.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type {
  Block,
  Expression,
  MemberExpression,
  NameExpression,
  ReturnStatement,
  Statement,
} from "#language/syntax/tree.ts";

/** Names in a run of tokens that fit nowhere are kept, but not without end. */
const mostLeftovers = 200;

/** Reads statements and blocks. */
export class StatementParser {
  readonly #state: ParseState;
  readonly #cursor: TokenCursor;
  readonly #expressions: ExpressionParser;
  readonly #functions: FunctionParser;
  readonly #control: ControlParser;
  readonly #locals: LocalParser;
  readonly #assignments: AssignmentParser;

  constructor(state: ParseState) {
    this.#state = state;
    this.#cursor = state.cursor;
    this.#functions = new FunctionParser(state, (opener) => this.#block(opener));
    this.#expressions = new ExpressionParser(state, (keyword, index) => this.#functions.body(keyword, index));
    this.#control = new ControlParser(state, this.#expressions, (opener) => this.#block(opener));
    this.#locals = new LocalParser(state, this.#expressions, this.#functions);
    this.#assignments = new AssignmentParser(state, this.#expressions);
  }

  /** One statement; there is one wherever the text has not ended. At least one token is read. */
  statement(): Statement {
    const state = this.#state;
    if (!state.enter()) return this.#tooDeep();
    const outer = state.beginLine();
    const before = state.problems.length;
    let statement = this.#statement();
    if (state.problems.length > before) statement = this.#withRestOfLine(statement);
    state.endLine(outer);
    state.leave();
    return statement;
  }

  /** The kinds that are most frequent come first. */
  #statement(): Statement {
    const cursor = this.#cursor;
    const { kind, start, end } = cursor;
    switch (kind) {
      case TokenKind.name:
      case TokenKind.openParenthesis:
        return this.#assignments.statement();
      case TokenKind.local:
        return this.#locals.statement();
      case TokenKind.function:
        return this.#function();
      case TokenKind.return:
        return this.#return();
      case TokenKind.semicolon:
        cursor.skip();
        return { kind: "EmptyStatement", start, end };
      case TokenKind.break:
        cursor.skip();
        this.#state.features |= Feature.jumps;
        return { kind: "BreakStatement", start, end };
      case TokenKind.goto:
        return this.#goto();
      case TokenKind.doubleColon:
        return this.#label();
      default:
        return this.#control.statement() ?? this.#leftovers();
    }
  }

  /** What follows a damage on its line belongs to the damage: it says nothing new. */
  #withRestOfLine(statement: Statement): Statement {
    const cursor = this.#cursor;
    const { index } = cursor;
    while (!cursor.isFirstOnLine && !this.#startsStatement()) this.#passOver();
    return cursor.index > index ? { ...statement, end: cursor.previousEnd } : statement;
  }

  /** Statements up to something that ends the block. */
  #block(opener: Opener): Block {
    const at = this.#cursor.previousEnd;
    const statements: Statement[] = [];
    let labels = 0;
    while (!this.#endsBlock(opener)) {
      const statement = this.#behindLabels(labels);
      statements.push(statement);
      labels = labelsUpTo(statement, labels);
      if (statement.kind === "ReturnStatement" && !this.#endsBlock(opener)) this.reportUnreachable(statement);
    }
    const start = statements[0]?.start ?? at;
    return { kind: "Block", statements, start, end: statements.at(-1)?.end ?? at };
  }

  /** Lua reads labels and empty statements behind a label as if they were inside it. */
  #behindLabels(labels: number): Statement {
    const { kind } = this.#cursor;
    const isInside = kind === TokenKind.doubleColon || kind === TokenKind.semicolon;
    if (labels === 0 || !isInside) return this.statement();
    const isEntered = this.#state.enter(labels);
    const statement = this.statement();
    if (isEntered) this.#state.leave(labels);
    return statement;
  }

  /** Recovering, a closer that nobody awaits does not end the block. */
  #endsBlock(opener: Opener): boolean {
    const { kind } = this.#cursor;
    if (!this.#state.isRecovering && hasTrait(kind, TokenTrait.endsBlock)) return true;
    return this.#state.isBeyond(opener) || isClosedBy(opener.closer, kind);
  }

  /** Nothing may stand behind `return` in its block. */
  reportUnreachable({ keyword }: ReturnStatement): void {
    const { start, end } = keyword;
    this.#state.report({ start, end, message: "'return' must be the last statement of its block." });
  }

  /** What is assigned is read as an expression, since a function may be a field. */
  #function(): Statement {
    const state = this.#state;
    const cursor = this.#cursor;
    const { index } = cursor;
    const keyword = cursor.take();
    const { text, start, end } = state.expectName("The name of the function is missing.");
    let target: NameExpression | MemberExpression = { kind: "NameExpression", text, start, end };
    let isMethod = false;
    while (!isMethod && (cursor.kind === TokenKind.dot || cursor.kind === TokenKind.colon)) {
      isMethod = cursor.kind === TokenKind.colon;
      const separator = cursor.take();
      const member = state.expectName(`A name is missing after '${isMethod ? ":" : "."}'.`);
      target = { kind: "MemberExpression", object: target, member, separator, start, end: member.end };
    }
    if (isMethod) state.declared++;
    const body = this.#functions.body(keyword, index);
    return { kind: "FunctionStatement", target, isMethod, body, start: keyword.start, end: body.end };
  }

  /** `return` and the next statement on a new line: nobody is going to return that. */
  #return(): ReturnStatement {
    const cursor = this.#cursor;
    const keyword = cursor.take();
    const isEmpty =
      hasTrait(cursor.kind, TokenTrait.endsBlock) ||
      cursor.kind === TokenKind.semicolon ||
      this.#state.startsAnother();
    const values = isEmpty ? [] : this.#expressions.list();
    cursor.passes(TokenKind.semicolon);
    return { kind: "ReturnStatement", keyword, values, start: keyword.start, end: cursor.previousEnd };
  }

  #goto(): Statement {
    const { start } = this.#cursor.take();
    this.#state.features |= Feature.jumps;
    const label = this.#state.expectName("A label is missing after 'goto'.");
    return { kind: "GotoStatement", label, start, end: label.end };
  }

  #label(): Statement {
    const { start } = this.#cursor.take();
    this.#state.features |= Feature.jumps;
    const label = this.#state.expectName("The name of the label is missing.");
    this.#state.expect(TokenKind.doubleColon, "::", "'::' is missing: it closes the label.");
    return { kind: "LabelStatement", label, start, end: this.#cursor.previousEnd };
  }

  /** What is nested beyond Lua's limit is not read. */
  #tooDeep(): Statement {
    const { start } = this.#cursor;
    this.#state.passNested();
    return { kind: "ErrorStatement", expressions: [], start, end: this.#cursor.previousEnd };
  }

  /** Tokens that start no statement, up to one that does. */
  #leftovers(): Statement {
    const cursor = this.#cursor;
    const { start, kind, text, index } = cursor;
    this.#state.report({ ...cursor.span, message: leftoverMessage(kind, text) });
    const expressions: Expression[] = [];
    // A stray `end` is all there is to say about it; what follows on a new line is judged on its own.
    if (hasTrait(kind, TokenTrait.closes | TokenTrait.startsStatement)) cursor.skip();
    while (cursor.index === index || !(cursor.isFirstOnLine || this.#startsStatement())) {
      const found = this.#passOver();
      if (found && expressions.length < mostLeftovers) expressions.push(found);
    }
    return { kind: "ErrorStatement", expressions, start, end: cursor.previousEnd };
  }

  /** Reads something that fits nowhere, whole if it is an expression. */
  #passOver(): Expression | undefined {
    const cursor = this.#cursor;
    const { index } = cursor;
    const found = hasTrait(cursor.kind, TokenTrait.startsExpression)
      ? this.#expressions.expression()
      : undefined;
    if (cursor.index === index) cursor.skip();
    return found;
  }

  /** Where passing over damaged tokens ends. */
  #startsStatement(): boolean {
    const { kind } = this.#cursor;
    if (kind === TokenKind.endOfFile || this.#state.isAwaited(kind)) return true;
    return this.#state.readsLikeStatement() && !hasTrait(kind, TokenTrait.closes);
  }
}

function leftoverMessage(kind: number, text: string): string {
  switch (kind) {
    case TokenKind.end:
    case TokenKind.closeParenthesis:
    case TokenKind.closeBrace:
    case TokenKind.closeBracket:
      return `This '${text}' closes nothing.`;
    case TokenKind.else:
    case TokenKind.elseif:
      return `This '${text}' belongs to no 'if'.`;
    case TokenKind.until:
      return "This 'until' belongs to no 'repeat'.";
    default:
      return `No statement starts with '${text.length > 24 ? `${text.slice(0, 23)}…` : text}'.`;
  }
}
