import type { ConfigNode } from "#language/sidecar/config-node.ts";

/**
 * A value without its places. Mappings have no prototype, so that a key named `__proto__` is a key like any other. A
 * broken alias is null.
 */
export function plainValue(
  node: ConfigNode | undefined,
  aliases: ReadonlyMap<ConfigNode, ConfigNode>,
): unknown {
  switch (node?.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map((item) => plainValue(item, aliases));
    case "mapping": {
      const value: Record<string, unknown> = Object.create(null);
      for (const entry of node.entries) value[entry.name] = plainValue(entry.value, aliases);
      return value;
    }
    case "alias":
      return plainValue(aliases.get(node), aliases);
    default:
      return null;
  }
}
