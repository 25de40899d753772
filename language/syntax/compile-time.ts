import type { BinaryExpression, Expression, UnaryExpression } from "#language/syntax/tree.ts";

/** What is known of a value before the program runs; undefined when nothing is. */
type Known = { readonly value: null | boolean | string | number } | undefined;

/** The constant that a name stands for, if it is one. */
type Resolve = (name: string) => boolean;

/**
 * Whether Lua knows the value when it compiles, so that `local x <const> =` it makes no variable: literals, and what
 * its constant folding reaches. Numbers are judged in double precision, which decides nothing but exotic cases.
 */
export function isCompileTime(expression: Expression, isConstant: Resolve): boolean {
  return known(expression, isConstant) !== undefined;
}

function known(expression: Expression, isConstant: Resolve): Known {
  switch (expression.kind) {
    case "LiteralExpression":
      return { value: expression.value ?? null };
    case "StringExpression":
    case "NumberExpression":
      return { value: expression.value };
    case "ParenthesizedExpression":
      return known(expression.inner, isConstant);
    case "NameExpression":
      return isConstant(expression.text) ? { value: expression.text } : undefined;
    case "UnaryExpression":
      return knownUnary(expression, isConstant);
    case "BinaryExpression":
      return knownBinary(expression, isConstant);
    default:
      return undefined;
  }
}

function knownUnary({ operator, operand }: UnaryExpression, isConstant: Resolve): Known {
  const inner = known(operand, isConstant);
  if (!inner) return undefined;
  if (operator === "not") return { value: inner.value === null || inner.value === false };
  if (typeof inner.value !== "number" || operator === "#") return undefined;
  if (operator === "~") return Number.isInteger(inner.value) ? { value: ~inner.value } : undefined;
  return folded(-inner.value);
}

function knownBinary({ operator, left, right }: BinaryExpression, isConstant: Resolve): Known {
  const first = known(left, isConstant);
  const second = known(right, isConstant);
  if (!first || !second) return undefined;
  const isTrue = first.value !== null && first.value !== false;
  if (operator === "and") return isTrue ? second : undefined;
  if (operator === "or") return isTrue ? undefined : second;
  if (typeof first.value !== "number" || typeof second.value !== "number") return undefined;
  const fold = arithmetic[operator];
  return fold && folded(fold(first.value, second.value));
}

/** Lua folds no result that is not a number, and no zero that may have a sign. */
function folded(value: number): Known {
  return Number.isNaN(value) || value === 0 ? undefined : { value };
}

const arithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => (right === 0 ? Number.NaN : left / right),
  "//": (left, right) => (right === 0 ? Number.NaN : Math.floor(left / right)),
  "%": (left, right) => (right === 0 ? Number.NaN : left % right),
  "^": (left, right) => left ** right,
};
