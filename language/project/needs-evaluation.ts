import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Expression, Node } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

/**
 * Whether evaluating the top level of a file can tell more than its text: it computes there, in a loop, a branch or a
 * function of its own. Files that only declare are not evaluated.
 */
export function needsEvaluation(file: ProcedureFile): boolean {
  return file.models.some((model) => computes(model));
}

function computes(model: StatementModel): boolean {
  const { node } = model.top;
  switch (node.kind) {
    case "IfStatement":
    case "WhileStatement":
    case "RepeatStatement":
    case "NumericFor":
    case "GenericFor":
    case "DoStatement":
      return true;
    case "Assignment":
      return (
        node.targets.some(({ kind }) => kind === "IndexExpression") ||
        node.values.some((value) => callsOwn(model, value))
      );
    case "LocalStatement":
      return node.values.some((value) => callsOwn(model, value));
    case "CallStatement":
      return callsOwn(model, node.call);
    default:
      return false;
  }
}

/** Calls of anything but words that declare and `require`: what is inside of functions runs later. */
function callsOwn(model: StatementModel, expression: Expression): boolean {
  const declared = new Set<Node>(model.sites.map(({ call }) => call));
  const visit = (node: Node): boolean => {
    if (node.kind === "FunctionBody") return false;
    if (node.kind === "CallExpression" && !declared.has(node) && !isPlainCall(node.callee)) return true;
    return childrenOf(node).some(visit);
  };
  return visit(expression);
}

/** `require(…)`, `field.string{…}`, a setting, and the first part of `Procedure "x" {…}`. */
function isPlainCall(callee: Expression): boolean {
  if (callee.kind === "NameExpression")
    return /^(require|input|output|[A-Z]\w*|default_\w+|\w+_prompt|max_\w+|async)$/.test(callee.text);
  return (
    callee.kind === "MemberExpression" &&
    callee.object.kind === "NameExpression" &&
    ["field", "filters"].includes(callee.object.text)
  );
}
