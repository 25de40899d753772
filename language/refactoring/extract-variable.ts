import { type FindRefactoring, indentAt, statementAround } from "#language/refactoring/refactoring.ts";
import type { Node } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

const expressions = new Set<Node["kind"]>([
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
export const extractVariable: FindRefactoring = ({ file }, selection) => {
  if (selection.start === selection.end) return undefined;
  const { base, path } = nodePathAt(file.tree, selection.start + 1);
  const index = path.findIndex(
    (node) =>
      base + node.start === selection.start &&
      base + node.end === selection.end &&
      expressions.has(node.kind),
  );
  const statement = statementAround(path.slice(0, index));
  if (index < 0 || !statement || path[index - 1]?.kind === "CallStatement") return undefined;
  const isTarget = path[index - 1]?.kind === "Assignment" && path[index - 1]?.start === path[index]?.start;
  if (isTarget) return undefined;
  return {
    title: "Extract into a local variable",
    kind: "refactor.extract",
    edits: () => {
      const name = freshName(file.text);
      const at = base + statement.start;
      const value = file.text.slice(selection.start, selection.end);
      return [
        { start: at, end: at, text: `local ${name} = ${value}\n${indentAt(file.text, at)}` },
        { ...selection, text: name },
      ];
    },
  };
};

function freshName(text: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? "value" : `value${number}`;
    if (!new RegExp(`\\b${name}\\b`).test(text)) return name;
  }
}
