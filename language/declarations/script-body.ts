import type { SourceTree } from "#language/syntax/tree.ts";
import { isPlainScript, isScriptDeclaration } from "#vocabulary/script-statements.ts";

/** Statements are told apart by how they begin. */
const longestBeginning = 200;

/**
 * Where the body of a script begins: a file without a Procedure runs the statements behind its declarations when it is
 * started, not when it is loaded. Undefined for any other file.
 */
export function scriptBodyStart(tree: SourceTree): number | undefined {
  const starts = tree.statements.flatMap(({ node }, index) =>
    node.kind === "EndOfFile" || node.kind === "EmptyStatement"
      ? []
      : [(tree.offsets[index] ?? 0) + node.start],
  );
  const beginnings = starts.map((start) => tree.text.slice(start, start + longestBeginning));
  if (!isPlainScript(beginnings)) return undefined;
  return starts[beginnings.findIndex((beginning) => !isScriptDeclaration(beginning))];
}
