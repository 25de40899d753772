import {
  type FindRefactoring,
  indentAt,
  lineBreakOf,
  statementAround,
} from "#language/refactoring/refactoring.ts";
import type { Expression, Node } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

const expressions: ReadonlySet<Node["kind"]> = new Set<Node["kind"]>([
  "NumberExpression",
  "StringExpression",
  "TableExpression",
  "BinaryExpression",
  "UnaryExpression",
  "ParenthesizedExpression",
  "MemberExpression",
  "IndexExpression",
  "CallExpression",
  "MethodCall",
  "FunctionExpression",
]);

/** Gives the selected expression a name of its own, in front of its statement. */
export const extractVariable: FindRefactoring = ({ file }, selected) => {
  const selection = trimmed(file.text, selected);
  if (selection.start === selection.end) return undefined;
  const { base, path } = nodePathAt(file.tree, selection.start + 1);
  const index = path.findIndex(
    (node) =>
      base + node.start === selection.start && base + node.end === selection.end && isExpression(node),
  );
  const expression = path[index];
  const statement = statementAround(path.slice(0, index));
  if (!expression || !isExpression(expression) || !statement || !canMove(path.slice(0, index + 1), statement))
    return undefined;
  return {
    title: "Extract into a local variable",
    kind: "refactor.extract",
    edits: () => {
      const name = freshName(file.text, expression);
      const at = base + statement.start;
      const value = file.text.slice(selection.start, selection.end);
      const text = `local ${name} = ${value}${lineBreakOf(file.text)}${indentAt(file.text, at)}`;
      return [
        { start: at, end: at, text },
        { ...selection, text: name },
      ];
    },
  };
};

function isExpression(node: Node): node is Expression {
  return expressions.has(node.kind);
}

/** Whether the value is the same when it is found out in front of the statement, once. */
function canMove(path: readonly Node[], statement: Node): boolean {
  const parent = path.at(-2);
  if (parent?.kind === "CallStatement" || isTarget(path)) return false;
  // The function of a statement, and `x` in `local x = x`, would lose what they are named by.
  return path.every((node, index) => {
    const child = path[index + 1];
    if (!child) return true;
    if (node.kind === "BinaryExpression" && (node.operator === "and" || node.operator === "or"))
      return child === node.left;
    if (node.kind === "WhileStatement" || node.kind === "RepeatStatement") return child !== node.condition;
    if (node.kind === "IfStatement" && node === statement) return child === node.clauses[0];
    return true;
  });
}

/** What is assigned is no value. */
function isTarget(path: readonly Node[]): boolean {
  const parent = path.at(-2);
  if (parent?.kind === "FunctionStatement") return true;
  return parent?.kind === "Assignment" && parent.targets.some((target) => target === path.at(-1));
}

function trimmed(
  text: string,
  { start, end }: { start: number; end: number },
): { start: number; end: number } {
  const selected = text.slice(start, end);
  const before = selected.length - selected.trimStart().length;
  return before === selected.length
    ? { start, end: start }
    : { start: start + before, end: start + selected.trimEnd().length };
}

/** A name that tells what the value is, and stands nowhere in the file yet. */
function freshName(text: string, expression: Expression): string {
  const wanted = nameFor(expression);
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}${number}`;
    if (!new RegExp(`\\b${name}\\b`).test(text)) return name;
  }
}

function nameFor(expression: Expression): string {
  switch (expression.kind) {
    case "MemberExpression":
      return expression.member.text || "value";
    case "CallExpression": {
      const { callee } = expression;
      const name = callee.kind === "MemberExpression" ? callee.member.text : undefined;
      return `${name ?? (callee.kind === "NameExpression" ? callee.text : "call")}_result`;
    }
    case "MethodCall":
      return `${expression.method.text}_result`;
    default:
      return "value";
  }
}
