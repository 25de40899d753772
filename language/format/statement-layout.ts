import { TokenKind } from "#language/syntax/tokens.ts";
import type {
  Block,
  Expression,
  FunctionBody,
  IfStatement,
  LocalStatement,
  RepeatStatement,
  Span,
  Statement,
} from "#language/syntax/tree.ts";
import { ExpressionLayout } from "./expression-layout.ts";
import { GapKind, type Layout, Separator } from "./layout.ts";
import { layOutList } from "./list-layout.ts";

/** Lays out statements without problems. */
export class StatementLayout {
  readonly #layout: Layout;
  readonly #expressions: ExpressionLayout;

  constructor(layout: Layout) {
    this.#layout = layout;
    this.#expressions = new ExpressionLayout(layout, (body) => this.#functionBody(body));
  }

  statement(node: Statement): void {
    const expressions = this.#expressions;
    switch (node.kind) {
      case "LocalStatement":
        this.#local(node);
        break;
      case "LocalFunction":
      case "FunctionStatement":
        this.#functionBody(node.body);
        break;
      case "Assignment":
        expressions.list(node.targets);
        expressions.list(node.values);
        break;
      case "CallStatement":
        expressions.expression(node.call);
        break;
      case "ReturnStatement":
        this.#dropLast(node);
        expressions.list(node.values);
        break;
      case "IfStatement":
        this.#if(node);
        break;
      case "WhileStatement":
        this.#loop(node, () => this.#condition(node.condition));
        break;
      case "NumericFor":
        this.#loop(node, () =>
          expressions.list(node.step ? [node.from, node.to, node.step] : [node.from, node.to]),
        );
        break;
      case "GenericFor":
        this.#loop(node, () => expressions.list(node.iterators));
        break;
      case "DoStatement":
        this.#loop(node, () => {});
        break;
      case "RepeatStatement":
        this.#repeat(node);
        break;
      case "LabelStatement":
        this.#layout.spaces[this.#layout.firstOf(node.label)] = 0;
        this.#layout.spaces[this.#layout.lastOf(node)] = 0;
        break;
      default:
    }
  }

  /** A semicolon is needed only where what follows could be read as arguments of the statement before it. */
  dropSemicolon(token: number, previous: PreviousStatement | undefined): void {
    const layout = this.#layout;
    layout.dropped[token] = 1;
    if (layout.kindOf(layout.after(token)) === TokenKind.openParenthesis && previous && goesOn(previous.node))
      layout.separators[previous.last] = Separator.semicolon;
  }

  /** The semicolon that belongs to a `return`. */
  #dropLast(node: Span): void {
    const last = this.#layout.lastOf(node);
    if (this.#layout.kindOf(last) === TokenKind.semicolon) this.#layout.dropped[last] = 1;
  }

  #local({ names, values }: LocalStatement): void {
    const layout = this.#layout;
    for (const { attribute } of names) {
      if (!attribute) continue;
      const token = layout.firstOf(attribute);
      layout.spaces[token] = 0;
      layout.spaces[layout.after(token)] = 0;
    }
    this.#expressions.list(values);
  }

  #functionBody(body: FunctionBody): void {
    const layout = this.#layout;
    const { parameters, vararg, parameterList } = body;
    const head = (): void =>
      layOutList<Span>(layout, {
        open: layout.firstOf(parameterList),
        close: layout.lastOf(parameterList),
        nodes: vararg ? [...parameters, vararg] : parameters,
        canBreak: true,
        hugAt: -1,
        visit: () => {},
      });
    this.#construct(body, [{ block: body.block, head }]);
  }

  #if({ clauses, elseBlock, elseKeyword, ...node }: IfStatement): void {
    const parts: BlockPart[] = clauses.map(({ keyword, condition, block }) => ({
      block,
      keyword,
      head: () => this.#condition(condition),
    }));
    if (elseBlock && elseKeyword) parts.push({ block: elseBlock, keyword: elseKeyword, head: () => {} });
    this.#construct(node, parts);
  }

  #loop(node: Span & { readonly block: Block }, head: () => void): void {
    this.#construct(node, [{ block: node.block, head }]);
  }

  #repeat(node: RepeatStatement): void {
    const until = node.untilKeyword ?? node.condition;
    this.#construct({ start: node.start, end: until.end }, [{ block: node.block, head: () => {} }]);
    this.#expressions.expression(node.condition);
  }

  /** Heads with their blocks, from the first keyword to the last one. */
  #construct(span: Span, parts: readonly BlockPart[]): void {
    const layout = this.#layout;
    const before = layout.certainBreaks;
    const statements = parts.flatMap(({ block }) => block.statements).filter(isPrinted);
    const group = layout.open(span, { keepsBlankLines: true, canBreak: statements.length > 0 });
    const close = layout.lastOf(span);
    if (!this.#mayStandOnOneLine(span, parts.length, statements)) layout.breakGroup(group);
    for (const [index, { keyword, head, block }] of parts.entries()) {
      if (index > 0 && keyword) layout.gap(layout.firstOf(keyword), GapKind.close, group);
      head();
      this.#block(block, group);
    }
    layout.gap(close, GapKind.close, group);
    if (layout.certainBreaks > before) layout.breakGroup(group);
  }

  /** One short statement may stand on the line of its block, if its author put it there. */
  #mayStandOnOneLine(span: Span, parts: number, [only, ...more]: readonly Statement[]): boolean {
    const layout = this.#layout;
    if (parts > 1 || more.length > 0 || (only && !isSimple(only))) return false;
    if (layout.hasForcedBreak(layout.firstOf(span), layout.lastOf(span))) return false;
    return !only || !this.#isOnLinesOfItsOwn(only);
  }

  /** `then` and `do` stand on a line of their own behind a condition of several lines. */
  #condition(node: Expression): void {
    if (node.kind !== "BinaryExpression") {
      this.#expressions.expression(node);
      return;
    }
    const group = this.#expressions.operators(node);
    const layout = this.#layout;
    layout.gap(layout.after(layout.lastOf(node)), GapKind.follow, group);
  }

  #isOnLinesOfItsOwn(node: Statement): boolean {
    const layout = this.#layout;
    const after = layout.after(layout.lastOf(node));
    return layout.isFirstOnLine(layout.firstOf(node)) || layout.isFirstOnLine(after);
  }

  #block(block: Block, group: number): void {
    const layout = this.#layout;
    let previous: PreviousStatement | undefined;
    for (const node of block.statements) {
      const first = layout.firstOf(node);
      if (isPrinted(node)) {
        layout.gap(first, GapKind.inner, group);
        this.statement(node);
        previous = { node, last: layout.lastOf(node) };
      } else this.dropSemicolon(first, previous);
    }
  }
}

/** A statement with its last token. */
export interface PreviousStatement {
  readonly node: Statement;
  readonly last: number;
}

/** A block and what stands before it. */
interface BlockPart {
  readonly block: Block;
  /** The word that closes the block before it. */
  readonly keyword?: Span;
  readonly head: () => void;
}

/** Lone semicolons are not. */
function isPrinted({ kind }: Statement): boolean {
  return kind !== "EmptyStatement";
}

/** Statements without a block of their own. */
function isSimple({ kind }: Statement): boolean {
  return (
    kind === "LocalStatement" ||
    kind === "Assignment" ||
    kind === "CallStatement" ||
    kind === "ReturnStatement" ||
    kind === "BreakStatement" ||
    kind === "GotoStatement"
  );
}

/** Statements behind which `(` would be the arguments of a call. */
function goesOn({ kind }: Statement): boolean {
  return (
    kind === "LocalStatement" ||
    kind === "Assignment" ||
    kind === "CallStatement" ||
    kind === "RepeatStatement"
  );
}
