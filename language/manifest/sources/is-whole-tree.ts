import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { TokenKind } from "#language/syntax/tokens.ts";
import { walk } from "#language/syntax/walk.ts";

/**
 * Whether the tree of a file has every name of its text. A chain of more than a thousand links lacks some in its
 * middle, where code could hide from everything that only looks at the tree.
 */
export function isWholeTree({ tree }: ProcedureFile): boolean {
  let written = 0;
  for (let index = 0; index < tree.tokens.count; index++)
    if (tree.tokens.kinds[index] === TokenKind.name) written++;
  let found = 0;
  for (const { node: top } of tree.statements)
    walk(top, (node) => {
      if ((node.kind === "NameExpression" || node.kind === "NameNode") && node.text !== "") found++;
    });
  return found === written;
}
