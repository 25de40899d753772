import type { FindRefactoring } from "#language/refactoring/refactoring.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/** Records the value of a call, so that a resumed run does not make it again. */
export const wrapInCheckpoint: FindRefactoring = ({ file }, { start }) => {
  const { base, path } = nodePathAt(file.tree, start);
  const call = path.findLast(({ kind }) => kind === "CallExpression");
  const isInside = path.some(({ kind }) => kind === "FunctionBody");
  if (call?.kind !== "CallExpression" || !isInside || isCheckpoint(path)) return undefined;
  return {
    title: "Wrap in Step.checkpoint",
    kind: "refactor.rewrite",
    edits: () => {
      const from = base + call.start;
      const to = base + call.end;
      return [
        { start: from, end: from, text: "Step.checkpoint(function() return " },
        { start: to, end: to, text: " end)" },
      ];
    },
  };
};

/** Inside of one already, or the call of one. */
function isCheckpoint(path: ReturnType<typeof nodePathAt>["path"]): boolean {
  return path.some(
    (node) =>
      node.kind === "CallExpression" &&
      ((node.callee.kind === "NameExpression" && node.callee.text === "checkpoint") ||
        (node.callee.kind === "MemberExpression" && node.callee.member.text === "checkpoint")),
  );
}
