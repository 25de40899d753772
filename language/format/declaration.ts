import type { Expression, Statement } from "#language/syntax/tree.ts";

/** Whether a statement declares something: a function, an agent, a tool, a procedure, a specification. */
export function isDeclaration(node: Statement): boolean {
  switch (node.kind) {
    case "FunctionStatement":
    case "LocalFunction":
      return true;
    case "CallStatement":
      return declares(node.call);
    case "Assignment":
    case "LocalStatement":
      return node.values.length === 1 && node.values.some((value) => isFunction(value) || declares(value));
    default:
      return false;
  }
}

/** A call whose last argument is a table, a function or a long text. */
function declares(node: Expression): boolean {
  if (node.kind !== "CallExpression") return false;
  const last = node.arguments.at(-1);
  if (!last) return false;
  return (
    last.kind === "TableExpression" || isFunction(last) || (last.kind === "StringExpression" && last.isLong)
  );
}

function isFunction({ kind }: Expression): boolean {
  return kind === "FunctionExpression";
}
