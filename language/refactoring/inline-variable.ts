import type { FindRefactoring, TextChange } from "#language/refactoring/refactoring.ts";
import { ownOccurrences } from "#language/semantics/occurrences.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Binding, NameUse } from "#language/semantics/scopes.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import { symbolAt } from "#language/semantics/symbols.ts";
import type { Block, Expression, LocalStatement, Node, Statement } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/** Puts the value of a local in the place of its uses, and takes the local away. */
export const inlineVariable: FindRefactoring = ({ file }, { start }) => {
  const symbol = symbolAt(file, start);
  if (symbol?.target.kind !== "local" || symbol.target.binding.origin.kind !== "local") return undefined;
  const { binding, model } = symbol.target;
  const { statement } = symbol.target.binding.origin;
  const [value] = statement.values;
  const isPlain =
    statement.names.length === 1 && statement.values.length === 1 && binding.attribute === undefined;
  const found = ownOccurrences(file, symbol).filter(({ role }) => role !== "declaration");
  const isRead = found.length > 0 && found.every(({ role }) => role === "read");
  if (!value || !isPlain || !isRead || !canMove(value, binding, model, statement, found.length))
    return undefined;
  return {
    title: `Inline "${binding.name}"`,
    kind: "refactor.inline",
    edits: () => {
      const source = file.text.slice(model.offset + value.start, model.offset + value.end);
      const text = needsParentheses(value) ? `(${source})` : source;
      const uses = found.map(({ model: other, span }) => ({
        start: other.offset + span.start,
        end: other.offset + span.end,
        text,
      }));
      return [removal(file, model, statement), ...uses];
    },
  };
};

/** Takes a statement away, with its line when it has one of its own. */
function removal(file: ProcedureFile, { offset }: StatementModel, statement: LocalStatement): TextChange {
  const start = offset + statement.start;
  const end = offset + statement.end;
  const lineStart = file.text.lastIndexOf("\n", start - 1) + 1;
  const isAlone = file.text.slice(lineStart, start).trim() === "";
  const rest = /^[ \t]*(?:\r?\n|$)/.exec(file.text.slice(end))?.[0];
  return isAlone && rest !== undefined
    ? { start: lineStart, end: end + rest.length, text: "" }
    : { start, end, text: "" };
}

/** A literal is the same everywhere; anything else only in the very next statement, found out as often as before. */
function canMove(
  value: Expression,
  binding: Binding,
  model: StatementModel,
  statement: LocalStatement,
  uses: number,
): boolean {
  if (["NumberExpression", "StringExpression", "LiteralExpression"].includes(value.kind)) return true;
  const [use] = binding.uses;
  if (uses !== 1 || !use || use.enclosing !== enclosingOf(model, statement)) return false;
  const next = statementBehind(model, statement);
  return next !== undefined && holdsOnce(next, use);
}

function enclosingOf(model: StatementModel, statement: LocalStatement): NameUse["enclosing"] {
  const bodies: NameUse["enclosing"][] = [];
  walk(model.top.node, (node) => {
    if (node.kind === "FunctionBody" && node.start <= statement.start && statement.end <= node.end)
      bodies.push(node);
  });
  return bodies.at(-1);
}

function statementBehind(model: StatementModel, statement: LocalStatement): Statement | undefined {
  let found: Statement | undefined;
  walk(model.top.node, (node) => {
    if (node.kind !== "Block") return;
    const index = (node as Block).statements.indexOf(statement);
    if (index >= 0) found = node.statements[index + 1];
  });
  return found;
}

/** Simple statements find out their values once, and those that branch at least not inside of a loop. */
function holdsOnce(statement: Statement, { node }: NameUse): boolean {
  const isLoop = ["WhileStatement", "RepeatStatement", "NumericFor", "GenericFor"].includes(statement.kind);
  return !isLoop && isIn(statement, node);
}

function isIn(outer: Node, inner: Node): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
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
