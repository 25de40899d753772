import type { Node, TopStatement } from "#language/syntax/tree.ts";
import { childrenOf } from "#language/syntax/walk.ts";

const parentsIn = new WeakMap<TopStatement, ReadonlyMap<Node, Node>>();

/** What each node of a statement stands in; kept with the statement. */
export function parentsOf(top: TopStatement): ReadonlyMap<Node, Node> {
  const known = parentsIn.get(top);
  if (known) return known;
  const parents = new Map<Node, Node>();
  const waiting: Node[] = [top.node];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    for (const child of childrenOf(node)) {
      parents.set(child, node);
      waiting.push(child);
    }
  }
  parentsIn.set(top, parents);
  return parents;
}
