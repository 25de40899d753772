import type { NameNode, Node, SourceTree, Span, Statement } from "#language/syntax/tree.ts";
import { childrenOf, nodePathAt } from "#language/syntax/walk.ts";

/** A statement and where the positions in it count from. */
interface Placed {
  readonly node: Node;
  readonly base: number;
}

/** The label at an offset with each `goto` that leads to it, in text order; undefined when there is no label. */
export function labelRanges(tree: SourceTree, offset: number): readonly Span[] | undefined {
  const { path, base } = nodePathAt(tree, offset);
  const name = path.at(-1);
  const statement = path.at(-2);
  if (name?.kind !== "NameNode" || name.text === "") return undefined;
  if (statement?.kind !== "LabelStatement" && statement?.kind !== "GotoStatement") return undefined;
  for (const block of blocksAround(tree, path, base)) {
    const label = block.find(({ node }) => isLabel(node, name.text));
    if (label) return usesIn(block, name.text).sort((first, second) => first.start - second.start);
  }
  return undefined;
}

/** The blocks around the end of a path, inner ones first, up to the function that they are in. */
function* blocksAround(tree: SourceTree, path: readonly Node[], base: number): Generator<Placed[]> {
  for (const node of path.toReversed()) {
    if (node.kind === "Block") yield node.statements.map((statement) => ({ node: statement, base }));
    if (node.kind === "FunctionBody") return;
  }
  yield tree.statements.map(({ node }, index) => ({ node, base: tree.offsets[index] ?? 0 }));
}

function isLabel(node: Node, text: string): node is Extract<Statement, { kind: "LabelStatement" }> {
  return node.kind === "LabelStatement" && node.label.text === text;
}

/** The names of a label in a block, functions in it left out: no `goto` leads out of a function. */
function usesIn(block: readonly Placed[], text: string): Span[] {
  const found: Span[] = [];
  const look = ({ node, base }: Placed): void => {
    if (node.kind === "FunctionBody") return;
    const label = labelOf(node);
    if (label?.text === text) found.push({ start: base + label.start, end: base + label.end });
    // A block with a label of that name of its own has nothing to do with this one.
    if (node.kind === "Block" && node.statements.some((statement) => isLabel(statement, text))) return;
    for (const child of childrenOf(node)) look({ node: child, base });
  };
  for (const placed of block) look(placed);
  return found;
}

function labelOf(node: Node): NameNode | undefined {
  return node.kind === "LabelStatement" || node.kind === "GotoStatement" ? node.label : undefined;
}
