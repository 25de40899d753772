import { isTrivia, TokenKind, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { Node, SourceTree } from "#language/syntax/tree.ts";
import { statementIndexAt, walk } from "#language/syntax/walk.ts";

/** Whether the block that the token `opener` opens has no `end`, as the parser understands the damaged statement. */
export function lacksEnd(tree: SourceTree, opener: number): boolean {
  const index = statementIndexAt(tree, tree.tokens.starts[opener] ?? 0);
  const base = tree.offsets[index] ?? 0;
  const statement = tree.statements[index];
  if (!statement || statement.problems.length === 0) return false;
  let lacks = false;
  walk(statement.node, (node) => {
    if (openerOf(tree, node, base) === opener) lacks = !hasEnd(node);
  });
  return lacks;
}

function hasEnd(node: Node): boolean {
  return "endKeyword" in node && node.endKeyword !== undefined;
}

/** The token that opens the block of a node. */
function openerOf(tree: SourceTree, node: Node, base: number): number | undefined {
  switch (node.kind) {
    case "FunctionBody":
    case "DoStatement":
      return tokenIndexAt(tree.tokens, base + node.keyword.start);
    case "IfStatement":
      return tokenIndexAt(tree.tokens, base + node.start);
    case "WhileStatement":
      return doBehind(tree, base + node.condition.end);
    case "NumericFor":
      return doBehind(tree, base + (node.step ?? node.to).end);
    case "GenericFor":
      return doBehind(tree, base + (node.iterators.at(-1)?.end ?? node.start));
    default:
      return undefined;
  }
}

/** The `do` that stands next behind an offset. */
function doBehind({ tokens }: SourceTree, offset: number): number | undefined {
  let token = tokenIndexAt(tokens, offset);
  while (isTrivia(tokens.kinds[token] ?? TokenKind.endOfFile)) token++;
  return tokens.kinds[token] === TokenKind.do ? token : undefined;
}
