import { canEndWithoutReturn } from "#language/semantics/control-flow.ts";
import type {
  Block,
  Expression,
  GotoStatement,
  Node,
  RepeatStatement,
  Statement,
  WhileStatement,
} from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/** A loop that has no end of its own: `while`, `repeat`, or a `goto` back to its label. */
export interface Loop {
  readonly node: WhileStatement | RepeatStatement | GotoStatement;
  /** What is done again and again. */
  readonly body: readonly Node[];
  /** Conditions that decide whether it goes on: its own, and those of ways out. */
  readonly conditions: readonly Expression[];
  /** A way out that no condition guards: there is no second time. */
  readonly endsAtOnce: boolean;
}

/** The loop that a `while` or `repeat` is. */
export function loopOf(node: WhileStatement | RepeatStatement): Loop {
  const ways = new WaysOut(labelsIn(node.block));
  ways.visitBlock(node.block, [], true);
  return {
    node,
    body: [node.condition, node.block],
    conditions: [node.condition, ...ways.conditions],
    endsAtOnce: ways.isCertain,
  };
}

/** The loops that `goto` makes with labels of a block. */
export function gotoLoops({ statements }: Block): readonly Loop[] {
  return statements.flatMap((label, index) => {
    if (label.kind !== "LabelStatement") return [];
    const behind = statements.slice(index + 1);
    const last = behind.findLastIndex((statement) => jumpTo(statement, label.label.text) !== undefined);
    const jump = behind[last] && jumpTo(behind[last], label.label.text);
    if (!jump) return [];
    const body = behind.slice(0, last + 1);
    const ways = new WaysOut(new Set([label.label.text, ...body.flatMap((each) => [...labelsIn(each)])]));
    for (const statement of body) ways.visit(statement, [], false);
    return [
      {
        node: jump,
        body,
        conditions: [...ways.conditions, ...guardsOf(body.at(-1), jump)],
        endsAtOnce: false,
      },
    ];
  });
}

function jumpTo(node: Node, label: string): GotoStatement | undefined {
  if (node.kind === "GotoStatement") return node.label.text === label ? node : undefined;
  if (node.kind === "FunctionBody") return undefined;
  for (const child of childrenOf(node)) {
    const found = jumpTo(child, label);
    if (found) return found;
  }
  return undefined;
}

/** The conditions under which a jump happens. */
function guardsOf(node: Node | undefined, jump: GotoStatement): readonly Expression[] {
  if (!node || jump.start < node.start || jump.end > node.end) return [];
  const own = node.kind === "IfStatement" ? node.clauses.map(({ condition }) => condition) : [];
  return [...own, ...childrenOf(node).flatMap((child) => guardsOf(child, jump))];
}

/** Finds where a loop is left, and under which conditions. */
class WaysOut {
  readonly conditions: Expression[] = [];
  isCertain = false;
  /** A jump to one of them stays in the loop. */
  readonly #labels: ReadonlySet<string>;

  constructor(labels: ReadonlySet<string>) {
    this.#labels = labels;
  }

  visitBlock({ statements }: Block, guards: readonly Expression[], breaksLeave: boolean): void {
    for (const statement of statements) this.visit(statement, guards, breaksLeave);
  }

  /** `breaksLeave`: a `break` here leaves the loop that is looked at, and not one inside of it. */
  visit(statement: Statement, guards: readonly Expression[], breaksLeave: boolean): void {
    switch (statement.kind) {
      case "ReturnStatement":
        this.#leave(guards);
        return;
      case "GotoStatement":
        if (!this.#labels.has(statement.label.text)) this.#leave(guards);
        return;
      case "BreakStatement":
        if (breaksLeave) this.#leave(guards);
        return;
      case "IfStatement": {
        const own = statement.clauses.map(({ condition }) => condition);
        for (const { block } of statement.clauses) this.visitBlock(block, [...guards, ...own], breaksLeave);
        if (statement.elseBlock) this.visitBlock(statement.elseBlock, [...guards, ...own], breaksLeave);
        return;
      }
      case "DoStatement":
        this.visitBlock(statement.block, guards, breaksLeave);
        return;
      case "WhileStatement":
      case "RepeatStatement":
        this.visitBlock(statement.block, [...guards, statement.condition], false);
        return;
      case "NumericFor":
        this.visitBlock(statement.block, [...guards, statement.to], false);
        return;
      case "GenericFor":
        this.visitBlock(statement.block, [...guards, ...statement.iterators], false);
        return;
      case "CallStatement":
        if (isError(statement)) this.#leave(guards);
        return;
      default:
        return;
    }
  }

  #leave(guards: readonly Expression[]): void {
    this.conditions.push(...guards);
    this.isCertain ||= guards.length === 0;
  }
}

function isError(statement: Statement): boolean {
  return !canEndWithoutReturn({
    kind: "Block",
    start: statement.start,
    end: statement.end,
    statements: [statement],
  });
}

function labelsIn(node: Node): Set<string> {
  if (node.kind === "LabelStatement") return new Set([node.label.text]);
  if (node.kind === "FunctionBody") return new Set();
  return new Set(childrenOf(node).flatMap((child) => [...labelsIn(child)]));
}
