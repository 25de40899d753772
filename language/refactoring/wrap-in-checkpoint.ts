import type { FindRefactoring } from "#language/refactoring/refactoring.ts";
import type { FunctionType } from "#language/semantics/types.ts";
import type { CallExpression, Node } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/** Records the value of a call, so that a resumed run does not make it again. */
export const wrapInCheckpoint: FindRefactoring = ({ file }, { start }) => {
  const { base, index, path } = nodePathAt(file.tree, start);
  const model = file.models[index];
  const call = path.findLast((node): node is CallExpression => node.kind === "CallExpression");
  const isInside = path.some(({ kind }) => kind === "FunctionBody");
  if (!model || !call || !isInside || path.some(isCheckpoint)) return undefined;
  if (!hasEffect(file.types.calledFunction(model, call))) return undefined;
  return {
    title: "Wrap in Step.checkpoint",
    kind: "refactor.rewrite",
    edits: () => [
      { start: base + call.start, end: base + call.start, text: "Step.checkpoint(function() return " },
      { start: base + call.end, end: base + call.end, text: " end)" },
    ],
  };
};

/** What a second call could do again or differently; of functions of the file that is not known, so they count. */
function hasEffect(called: FunctionType | undefined): boolean {
  const entry = called?.entry;
  if (!entry) return true;
  return "effect" in entry && (entry.effect === "external" || entry.effect === "nondeterministic");
}

/** The call of a checkpoint: what is inside is recorded already. */
function isCheckpoint(node: Node): boolean {
  if (node.kind !== "CallExpression") return false;
  const { callee } = node;
  return (
    (callee.kind === "NameExpression" && callee.text === "checkpoint") ||
    (callee.kind === "MemberExpression" && callee.member.text === "checkpoint")
  );
}
