import { type ConfigNode, childNodes } from "#language/sidecar/config-node.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { Span } from "#language/syntax/tree.ts";

/** What stands under an offset. */
export interface PlacedPath {
  readonly path: ConfigPath;
  /** The key at the end of the path, or its value. */
  readonly on: "key" | "value";
  readonly span: Span;
}

/** The key or the scalar under an offset; undefined between them. */
export function pathAt(document: YamlDocument, offset: number): PlacedPath | undefined {
  return find(document.root, [], offset);
}

function find(node: ConfigNode | undefined, path: ConfigPath, offset: number): PlacedPath | undefined {
  if (!node) return undefined;
  if (node.kind === "mapping") {
    const entry = node.entries.findLast(({ key }) => key.start <= offset);
    if (!entry) return undefined;
    const below = [...path, entry.name];
    return isIn(entry.key, offset)
      ? { path: below, on: "key", span: entry.key }
      : find(entry.value, below, offset);
  }
  if (node.kind === "list") {
    for (const { step, node: item } of childNodes(node)) {
      if (isIn(item, offset)) return find(item, [...path, step], offset);
    }
    return undefined;
  }
  return isIn(node, offset) ? { path, on: "value", span: node } : undefined;
}

function isIn({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
