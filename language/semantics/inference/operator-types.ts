import {
  booleanType,
  integerType,
  numberType,
  stringType,
  type Type,
  unionOf,
  unknownType,
  withoutNil,
} from "#language/semantics/types.ts";
import type { BinaryExpression, Expression } from "#language/syntax/tree.ts";

const comparisons = new Set(["==", "~=", "<", "<=", ">", ">="]);
const bitwise = new Set(["&", "|", "~", "<<", ">>"]);

/** The type of a binary operation; metamethods are not followed. */
export function operatorType(
  { operator, left, right }: BinaryExpression,
  typeOf: (operand: Expression) => Type,
): Type {
  if (comparisons.has(operator)) return booleanType;
  if (operator === "..") return stringType;
  if (bitwise.has(operator)) return integerType;
  if (operator === "and") return unionOf([typeOf(right), ...falsy(typeOf(left))]);
  if (operator === "or") return unionOf([...truthy(typeOf(left)), typeOf(right)]);
  return arithmeticType(operator, typeOf(left), typeOf(right));
}

function arithmeticType(operator: string, left: Type, right: Type): Type {
  if (!isNumeric(left) || !isNumeric(right)) return unknownType;
  if (operator === "/" || operator === "^") return numberType;
  const isInteger = left.kind === "number" && right.kind === "number" && left.isInteger && right.isInteger;
  return isInteger ? integerType : numberType;
}

/** A text with digits counts as a number too. */
function isNumeric(type: Type): boolean {
  return type.kind === "number" || type.kind === "string";
}

/** What `left` is when `left and right` gives it back; nothing when it is always true. */
function falsy(left: Type): Type[] {
  if (left.kind === "unknown") return [left];
  const members = left.kind === "union" ? left.members : [left];
  return members.filter(({ kind }) => kind === "nil" || kind === "boolean");
}

/** What `left` is when `left or right` gives it back; nothing when it is always nil. */
function truthy(left: Type): Type[] {
  return left.kind === "nil" ? [] : [withoutNil(left)];
}
