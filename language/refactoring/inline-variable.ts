import type { FindRefactoring } from "#language/refactoring/refactoring.ts";
import { symbolAt } from "#language/semantics/symbols.ts";
import type { Expression } from "#language/syntax/tree.ts";

/** Puts the value of a local in the place of its uses, and takes the local away. */
export const inlineVariable: FindRefactoring = ({ file }, { start }) => {
  const target = symbolAt(file, start)?.target;
  if (target?.kind !== "local" || target.binding.origin.kind !== "local" || target.binding.isTopLevel)
    return undefined;
  const { binding, model } = target;
  const { statement } = target.binding.origin;
  const [value] = statement.values;
  const isSimple = statement.names.length === 1 && statement.values.length === 1 && value !== undefined;
  const isReadOnly = binding.uses.length > 0 && binding.uses.every(({ access }) => access !== "write");
  if (!isSimple || !isReadOnly || (binding.uses.length > 1 && mayDiffer(value))) return undefined;
  return {
    title: `Inline "${binding.name}"`,
    kind: "refactor.inline",
    edits: () => {
      const at = (offset: number): number => model.offset + offset;
      const text = file.text.slice(at(value.start), at(value.end));
      const lineStart = file.text.lastIndexOf("\n", at(statement.start)) + 1;
      const isAlone = file.text.slice(lineStart, at(statement.start)).trim() === "";
      const rest = /^[ \t]*\n/.exec(file.text.slice(at(statement.end)))?.[0] ?? "";
      const removal =
        isAlone && rest !== ""
          ? { start: lineStart, end: at(statement.end) + rest.length }
          : { start: at(statement.start), end: at(statement.end) };
      const uses = binding.uses.map(({ node }) => ({
        start: at(node.start),
        end: at(node.end),
        text: needsParentheses(value) ? `(${text})` : text,
      }));
      return [{ ...removal, text: "" }, ...uses];
    },
  };
};

/** What a second evaluation could make different, or do again. */
function mayDiffer({ kind }: Expression): boolean {
  return !["NumberExpression", "StringExpression", "LiteralExpression", "NameExpression"].includes(kind);
}

function needsParentheses({ kind }: Expression): boolean {
  return [
    "BinaryExpression",
    "UnaryExpression",
    "FunctionExpression",
    "TableExpression",
    "StringExpression",
  ].includes(kind);
}
