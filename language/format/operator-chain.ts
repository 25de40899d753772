import type { BinaryExpression, Expression, Span } from "#language/syntax/tree.ts";

/** Operands with operators of one precedence between them: `a .. b .. c`, `x + y - z`. */
export interface OperatorChain {
  readonly operands: readonly Expression[];
  /** One less than operands. */
  readonly operators: readonly Span[];
}

/** Takes a binary expression apart as far as its operators bind equally. */
export function operatorChain(node: BinaryExpression): OperatorChain {
  const level = precedences.get(node.operator);
  return isRightAssociative(node.operator) ? rightChain(node, level) : leftChain(node, level);
}

const levels = ["or", "and", "< > <= >= ~= ==", "|", "~", "&", "<< >>", "..", "+ -", "* / // %", "^"];

const precedences: ReadonlyMap<string, number> = new Map(
  levels.flatMap((operators, level) => operators.split(" ").map((operator) => [operator, level] as const)),
);

function isRightAssociative(operator: string): boolean {
  return operator === ".." || operator === "^";
}

/** Long sums lean to the left as deep as they are long, so this must not recurse. */
function leftChain(node: BinaryExpression, level: number | undefined): OperatorChain {
  const operands: Expression[] = [];
  const operators: Span[] = [];
  let left: Expression = node;
  while (left.kind === "BinaryExpression" && precedences.get(left.operator) === level) {
    operands.push(left.right);
    operators.push(left.operatorSpan);
    left = left.left;
  }
  operands.push(left);
  return { operands: operands.reverse(), operators: operators.reverse() };
}

function rightChain(node: BinaryExpression, level: number | undefined): OperatorChain {
  const operands: Expression[] = [];
  const operators: Span[] = [];
  let right: Expression = node;
  while (right.kind === "BinaryExpression" && precedences.get(right.operator) === level) {
    operands.push(right.left);
    operators.push(right.operatorSpan);
    right = right.right;
  }
  operands.push(right);
  return { operands, operators };
}
