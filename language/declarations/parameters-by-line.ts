import { LineIndex } from "#language/syntax/line-index.ts";
import type { FunctionBody, SourceTree } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";

/** Names of the parameters of each function, by the line (from 1) that it begins in; undefined where several begin. */
export function parametersByLine(tree: SourceTree): ReadonlyMap<number, readonly string[] | undefined> {
  const lines = new LineIndex(tree.text);
  const found = new Map<number, readonly string[] | undefined>();
  const methods = new Set<FunctionBody>();
  for (const [index, { node }] of tree.statements.entries()) {
    const base = tree.offsets[index] ?? 0;
    walk(node, (inner) => {
      if (inner.kind === "FunctionStatement" && inner.isMethod) methods.add(inner.body);
      if (inner.kind !== "FunctionBody") return;
      const line = lines.positionAt(base + inner.keyword.start).line + 1;
      const names = methods.has(inner) ? ["self", ...namesOf(inner)] : namesOf(inner);
      found.set(line, found.has(line) ? undefined : names);
    });
  }
  return found;
}

function namesOf({ parameters, vararg }: FunctionBody): readonly string[] {
  return [...parameters.map(({ text }) => text), ...(vararg ? ["..."] : [])];
}
