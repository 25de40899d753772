import { ExpressionParser } from "#language/syntax/expression-parser.ts";
import type { ParseState } from "#language/syntax/parse-state.ts";
import type { TokenCursor } from "#language/syntax/token-cursor.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import type {
  Block,
  Expression,
  FunctionBody,
  IfClause,
  LocalName,
  MemberExpression,
  NameExpression,
  NameNode,
  ReturnStatement,
  Span,
  Statement,
} from "#language/syntax/tree.ts";

const blockEnds: ReadonlySet<number> = new Set([
  TokenKind.endOfFile,
  TokenKind.end,
  TokenKind.else,
  TokenKind.elseif,
  TokenKind.until,
]);

/** Keywords that can only start a statement. */
const statementKeywords: ReadonlySet<number> = new Set([
  TokenKind.break,
  TokenKind.do,
  TokenKind.for,
  TokenKind.goto,
  TokenKind.if,
  TokenKind.local,
  TokenKind.repeat,
  TokenKind.return,
  TokenKind.while,
  TokenKind.doubleColon,
  TokenKind.semicolon,
]);

/** What the `end` of a construct belongs to. */
interface Opener {
  readonly keyword: Span;
  readonly text: string;
  /** How far the line is indented on which the construct starts. */
  readonly indent: number;
}

/** Reads statements and blocks. */
export class StatementParser {
  readonly #state: ParseState;
  readonly #cursor: TokenCursor;
  readonly #expressions: ExpressionParser;

  constructor(state: ParseState) {
    this.#state = state;
    this.#cursor = state.cursor;
    this.#expressions = new ExpressionParser(state, (keyword, start) => this.#functionBody(keyword, start));
  }

  /** One statement; there is one wherever the text has not ended. */
  statement(): Statement {
    const { problems } = this.#state;
    const before = problems.length;
    const statement = this.#state.nested(
      () => this.#statement(),
      () => this.#skipped(),
    );
    return problems.length > before ? this.#withRestOfLine(statement) : statement;
  }

  /** What follows a damage on its line belongs to the damage: it says nothing new. */
  #withRestOfLine(statement: Statement): Statement {
    const cursor = this.#cursor;
    if (!this.#state.isRecovering) return statement;
    while (!cursor.isFirstOnLine && !blockEnds.has(cursor.kind) && !statementKeywords.has(cursor.kind))
      cursor.advance();
    return { ...statement, end: cursor.previousEnd };
  }

  #statement(): Statement {
    const cursor = this.#cursor;
    switch (cursor.kind) {
      case TokenKind.semicolon:
        return { kind: "EmptyStatement", ...cursor.advance() };
      case TokenKind.local:
        return this.#local();
      case TokenKind.function:
        return this.#functionStatement();
      case TokenKind.if:
        return this.#if();
      case TokenKind.while:
        return this.#while();
      case TokenKind.repeat:
        return this.#repeat();
      case TokenKind.for:
        return this.#for();
      case TokenKind.do: {
        const opener = this.#open("do");
        return {
          kind: "DoStatement",
          keyword: opener.keyword,
          ...this.#blockToEnd(opener, opener.keyword.start),
        };
      }
      case TokenKind.return:
        return this.#return();
      case TokenKind.break:
        return { kind: "BreakStatement", ...cursor.advance() };
      case TokenKind.goto: {
        const { start } = cursor.advance();
        const label = this.#state.expectName("a label stands after 'goto'");
        return { kind: "GotoStatement", label, start, end: label.end };
      }
      case TokenKind.doubleColon:
        return this.#label();
      default:
        return this.#expressionStatement();
    }
  }

  /** Statements up to something that ends the block. */
  #block(opener: Opener | undefined): Block {
    const cursor = this.#cursor;
    const start = cursor.previousEnd;
    const statements: Statement[] = [];
    while (!blockEnds.has(cursor.kind) && !this.#endsBlock(opener)) {
      const statement = this.statement();
      statements.push(statement);
      if (statement.kind === "ReturnStatement") this.#afterReturn(opener);
    }
    const last = statements.at(-1);
    return { kind: "Block", statements, start: statements[0]?.start ?? start, end: last?.end ?? start };
  }

  #endsBlock(opener: Opener | undefined): boolean {
    return opener !== undefined && this.#state.endsByIndent(opener.indent);
  }

  /** Nothing may stand behind `return` in its block. */
  #afterReturn(opener: Opener | undefined): void {
    const { cursor } = this.#state;
    if (blockEnds.has(cursor.kind) || this.#endsBlock(opener)) return;
    this.#state.report({
      ...cursor.span,
      message: "Nothing can stand behind 'return' in the same block.",
    });
  }

  #open(text: string): Opener {
    const indent = this.#cursor.indentOfLine(this.#cursor.index);
    return { keyword: this.#cursor.advance(), text, indent };
  }

  #blockToEnd(
    opener: Opener,
    start: number,
  ): { block: Block; endKeyword?: Span; start: number; end: number } {
    const block = this.#block(opener);
    const endKeyword = this.#end(opener);
    return { block, ...(endKeyword && { endKeyword }), start, end: this.#cursor.previousEnd };
  }

  /** The `end` of a construct, unless it is indented like something further out. */
  #end(opener: Opener): Span | undefined {
    const cursor = this.#cursor;
    const related = { span: opener.keyword, message: `'${opener.text}' is here` };
    const message = `'end' is missing: it closes '${opener.text}'.`;
    const isOuter =
      this.#state.isRecovering && cursor.isFirstOnLine && cursor.columnOf(cursor.index) < opener.indent;
    if (!isOuter) return this.#state.expect(TokenKind.end, "\nend", message, related);
    const at = cursor.previousEnd;
    this.#state.report({ start: at - 1, end: at, message, insertion: { at, text: "\nend" }, related });
    return undefined;
  }

  #local(): Statement {
    const localKeyword = this.#cursor.advance();
    const { start } = localKeyword;
    if (this.#cursor.kind === TokenKind.function) {
      const keyword = this.#cursor.advance();
      const name = this.#state.expectName("the function has none");
      const body = this.#functionBody(keyword, keyword.start);
      return { kind: "LocalFunction", localKeyword, name, body, start, end: body.end };
    }
    const names = [this.#localName()];
    while (this.#cursor.accept(TokenKind.comma)) names.push(this.#localName());
    const values = this.#cursor.accept(TokenKind.assign) ? this.#expressions.list("after '='") : [];
    return { kind: "LocalStatement", localKeyword, names, values, start, end: this.#cursor.previousEnd };
  }

  #localName(): LocalName {
    const name = this.#state.expectName("a variable stands after 'local'");
    if (!this.#cursor.accept(TokenKind.less)) return { name };
    const attribute = this.#state.expectName("an attribute stands between '<' and '>'");
    this.#state.expect(TokenKind.greater, ">", "'>' is missing: it closes the attribute.");
    return { name, attribute };
  }

  #functionStatement(): Statement {
    const keyword = this.#cursor.advance();
    const first = this.#state.expectName("the function has none");
    const name: NameExpression = {
      kind: "NameExpression",
      text: first.text,
      start: first.start,
      end: first.end,
    };
    let target: NameExpression | MemberExpression = name;
    let isMethod = false;
    while (!isMethod && (this.#cursor.kind === TokenKind.dot || this.#cursor.kind === TokenKind.colon)) {
      isMethod = this.#cursor.kind === TokenKind.colon;
      const separator = this.#cursor.advance();
      const member = this.#state.expectName("a name stands after it");
      target = {
        kind: "MemberExpression",
        object: target,
        member,
        separator,
        start: first.start,
        end: member.end,
      };
    }
    const body = this.#functionBody(keyword, keyword.start);
    return { kind: "FunctionStatement", target, isMethod, body, start: keyword.start, end: body.end };
  }

  #functionBody(keyword: Span, start: number): FunctionBody {
    const cursor = this.#cursor;
    const indent = this.#indentOf(keyword);
    const { parameters, vararg, parameterList } = this.#parameters();
    const opener = { keyword, text: "function", indent };
    const { block, endKeyword } = this.#blockToEnd(opener, start);
    return {
      kind: "FunctionBody",
      keyword,
      parameters,
      ...(vararg && { vararg }),
      parameterList,
      block,
      ...(endKeyword && { endKeyword }),
      start,
      end: cursor.previousEnd,
    };
  }

  #indentOf(keyword: Span): number {
    const { tokens, base, index } = this.#cursor;
    let found = index;
    while (found > 0 && (tokens.starts[found] ?? 0) > keyword.start + base) found--;
    return this.#cursor.indentOfLine(found);
  }

  #parameters(): { parameters: NameNode[]; vararg?: Span; parameterList: Span } {
    const cursor = this.#cursor;
    const open = this.#state.expect(
      TokenKind.openParenthesis,
      "()",
      "'(' is missing: the parameters of the function.",
    );
    if (!open)
      return { parameters: [], parameterList: { start: cursor.previousEnd, end: cursor.previousEnd } };
    const parameters: NameNode[] = [];
    let vararg: Span | undefined;
    while (cursor.kind !== TokenKind.closeParenthesis && cursor.kind !== TokenKind.endOfFile) {
      if (cursor.kind === TokenKind.ellipsis) {
        vararg = cursor.advance();
        break;
      }
      const before = cursor.index;
      parameters.push(this.#state.expectName("a parameter"));
      if (cursor.index === before || !cursor.accept(TokenKind.comma)) break;
      if (cursor.kind === TokenKind.closeParenthesis) this.#state.expectName("a parameter stands after ','");
    }
    this.#state.expect(TokenKind.closeParenthesis, ")", "')' is missing: it closes the parameters.", {
      span: open,
      message: "'(' is here",
    });
    return {
      parameters,
      ...(vararg && { vararg }),
      parameterList: { start: open.start, end: cursor.previousEnd },
    };
  }

  #if(): Statement {
    const opener = this.#open("if");
    const clauses = [this.#clause(opener.keyword, opener)];
    while (this.#cursor.kind === TokenKind.elseif && !this.#isOuter(opener))
      clauses.push(this.#clause(this.#cursor.advance(), opener));
    const elseKeyword = this.#isOuter(opener) ? undefined : this.#cursor.accept(TokenKind.else);
    const elseBlock = elseKeyword && this.#block(opener);
    const endKeyword = this.#end(opener);
    return {
      kind: "IfStatement",
      clauses,
      ...(elseKeyword && { elseKeyword }),
      ...(elseBlock && { elseBlock }),
      ...(endKeyword && { endKeyword }),
      start: opener.keyword.start,
      end: this.#cursor.previousEnd,
    };
  }

  #isOuter(opener: Opener): boolean {
    const cursor = this.#cursor;
    return this.#state.isRecovering && cursor.isFirstOnLine && cursor.columnOf(cursor.index) < opener.indent;
  }

  #clause(keyword: Span, opener: Opener): IfClause {
    const condition = this.#expressions.expression("as the condition");
    const thenKeyword = this.#state.expect(TokenKind.then, " then", "'then' is missing after the condition.");
    const block = this.#block(opener);
    return {
      kind: "IfClause",
      keyword,
      condition,
      ...(thenKeyword && { thenKeyword }),
      block,
      start: keyword.start,
      end: this.#cursor.previousEnd,
    };
  }

  #while(): Statement {
    const opener = this.#open("while");
    const condition = this.#expressions.expression("as the condition");
    this.#state.expect(TokenKind.do, " do", "'do' is missing after the condition.");
    const { keyword } = opener;
    return { kind: "WhileStatement", keyword, condition, ...this.#blockToEnd(opener, keyword.start) };
  }

  #repeat(): Statement {
    const opener = this.#open("repeat");
    const { keyword } = opener;
    const block = this.#block(opener);
    const untilKeyword = this.#state.expect(
      TokenKind.until,
      "\nuntil true",
      "'until' is missing: it closes 'repeat'.",
      {
        span: keyword,
        message: "'repeat' is here",
      },
    );
    const at = this.#cursor.previousEnd;
    const condition: Expression = untilKeyword
      ? this.#expressions.expression("as the condition")
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

  #for(): Statement {
    const opener = this.#open("for");
    const { keyword } = opener;
    const first = this.#state.expectName("the loop variable");
    if (this.#cursor.accept(TokenKind.assign)) return this.#numericFor(opener, first);
    const variables = [first];
    while (this.#cursor.accept(TokenKind.comma)) variables.push(this.#state.expectName("a loop variable"));
    const hasIn = this.#state.expect(
      TokenKind.in,
      " in",
      "'in' (or '=') is missing after the loop variables.",
    );
    const iterators = hasIn ? this.#expressions.list("after 'in'") : [];
    this.#expectDo();
    return { kind: "GenericFor", keyword, variables, iterators, ...this.#blockToEnd(opener, keyword.start) };
  }

  #numericFor(opener: Opener, variable: NameNode): Statement {
    const { keyword } = opener;
    const from = this.#expressions.expression("after '='");
    this.#state.expect(TokenKind.comma, ", 1", "',' and the last value are missing.");
    const to = this.#expressions.expression("as the last value");
    const step = this.#cursor.accept(TokenKind.comma) && this.#expressions.expression("as the step");
    this.#expectDo();
    const rest = this.#blockToEnd(opener, keyword.start);
    return { kind: "NumericFor", keyword, variable, from, to, ...(step && { step }), ...rest };
  }

  #expectDo(): void {
    this.#state.expect(TokenKind.do, " do", "'do' is missing at the head of the loop.");
  }

  #return(): ReturnStatement {
    const keyword = this.#cursor.advance();
    const { kind } = this.#cursor;
    const isEmpty = blockEnds.has(kind) || kind === TokenKind.semicolon || this.#startsNextStatement();
    const values = isEmpty ? [] : this.#expressions.list("after 'return'");
    this.#cursor.accept(TokenKind.semicolon);
    return { kind: "ReturnStatement", keyword, values, start: keyword.start, end: this.#cursor.previousEnd };
  }

  /** In a damaged text `return` at the end of a line is complete. */
  #startsNextStatement(): boolean {
    return this.#state.isRecovering && this.#cursor.isFirstOnLine && statementKeywords.has(this.#cursor.kind);
  }

  #label(): Statement {
    const { start } = this.#cursor.advance();
    const label = this.#state.expectName("a label stands between '::' and '::'");
    this.#state.expect(TokenKind.doubleColon, "::", "'::' is missing: it closes the label.");
    return { kind: "LabelStatement", label, start, end: this.#cursor.previousEnd };
  }

  #expressionStatement(): Statement {
    const cursor = this.#cursor;
    const isStart = cursor.kind === TokenKind.name || cursor.kind === TokenKind.openParenthesis;
    if (!isStart) return this.#skipped();
    const call = this.#expressions.suffixed("as a statement");
    const { start } = call;
    const next: number = cursor.kind;
    if (next === TokenKind.assign || next === TokenKind.comma) return this.#assignment(call);
    if (call.kind !== "CallExpression" && call.kind !== "MethodCall") this.#reportIncomplete(call);
    return { kind: "CallStatement", call, start, end: cursor.previousEnd };
  }

  #assignment(first: Expression): Statement {
    const targets = [first];
    while (this.#cursor.accept(TokenKind.comma)) targets.push(this.#expressions.suffixed("after ','"));
    for (const target of targets) this.#checkTarget(target);
    const assign = this.#state.expect(TokenKind.assign, " = nil", "'=' is missing after the variables.");
    const values = assign ? this.#expressions.list("after '='") : [];
    return { kind: "Assignment", targets, values, start: first.start, end: this.#cursor.previousEnd };
  }

  #checkTarget(target: Expression): void {
    const { kind, start, end } = target;
    const isVariable = kind === "NameExpression" || kind === "MemberExpression" || kind === "IndexExpression";
    if (isVariable || kind === "MissingExpression") return;
    this.#state.report({
      start,
      end,
      message: "Nothing can be assigned to this: a variable or a field must stand here.",
    });
  }

  #reportIncomplete({ kind, start, end }: Expression): void {
    if (kind === "MissingExpression") return;
    this.#state.report({
      start,
      end,
      message: "A value alone does nothing: call it, or assign it.",
    });
  }

  /** Tokens that start no statement, up to one that does. */
  #skipped(): Statement {
    const cursor = this.#cursor;
    const { start } = cursor;
    const { text } = cursor;
    this.#state.report({ ...cursor.span, message: strayMessage(cursor.kind, text) });
    const expressions: Expression[] = [];
    do {
      if (cursor.kind === TokenKind.name)
        expressions.push({ kind: "NameExpression", text: cursor.text, ...cursor.span });
      cursor.advance();
    } while (!this.#startsStatement());
    return { kind: "ErrorStatement", expressions, start, end: cursor.previousEnd };
  }

  #startsStatement(): boolean {
    const { kind, isFirstOnLine } = this.#cursor;
    if (blockEnds.has(kind) || statementKeywords.has(kind)) return true;
    return isFirstOnLine && (kind === TokenKind.name || kind === TokenKind.function);
  }
}

function strayMessage(kind: number, text: string): string {
  if (kind === TokenKind.end) return "This 'end' closes nothing.";
  if (kind === TokenKind.else || kind === TokenKind.elseif) return `This '${text}' belongs to no 'if'.`;
  if (kind === TokenKind.until) return "This 'until' belongs to no 'repeat'.";
  return `No statement starts with '${text.length > 20 ? `${text.slice(0, 19)}…` : text}'.`;
}
