import { type DocumentSymbol, SymbolKind } from "vscode-languageserver";
import { oneLine } from "#common/visible-text.ts";
import { type ConfigNode, entryEnd, type MappingEntry } from "#language/sidecar/config-node.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { hiddenValue } from "#language/sidecar/hidden-value.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { YamlContext } from "./yaml-context.ts";

/** The outline of a file: its keys, with the values of scalars. What is broken is left out, the rest stays. */
export function yamlDocumentSymbols(
  document: YamlDocument,
  { positions }: Pick<YamlContext, "positions">,
): DocumentSymbol[] {
  return childSymbols(document.root, [], document, positions);
}

function childSymbols(
  node: ConfigNode | undefined,
  path: ConfigPath,
  document: YamlDocument,
  positions: YamlContext["positions"],
): DocumentSymbol[] {
  if (node?.kind !== "mapping") return [];
  return node.entries.map((entry) => symbolOf(entry, [...path, entry.name], document, positions));
}

/** An alias shows what it stands for, and has no children of its own: they are elsewhere in the text. */
function symbolOf(
  entry: MappingEntry,
  path: ConfigPath,
  document: YamlDocument,
  positions: YamlContext["positions"],
): DocumentSymbol {
  const value = document.resolved(entry.value);
  const detail = detailOf(value, path);
  return {
    name: oneLine(entry.name, 80) || '""',
    kind: kindOf(value),
    range: positions.range({ start: entry.key.start, end: entryEnd(entry) }),
    selectionRange: positions.range(entry.key),
    ...(detail !== undefined && { detail }),
    children: childSymbols(entry.value, path, document, positions),
  };
}

function kindOf(node: ConfigNode | undefined): SymbolKind {
  if (node?.kind === "mapping") return SymbolKind.Object;
  if (node?.kind === "list") return SymbolKind.Array;
  if (node?.kind !== "scalar" || node.value === null) return SymbolKind.Null;
  if (typeof node.value === "boolean") return SymbolKind.Boolean;
  return typeof node.value === "number" ? SymbolKind.Number : SymbolKind.String;
}

/** The value itself, if it is short and no secret. */
function detailOf(node: ConfigNode | undefined, path: ConfigPath): string | undefined {
  if (node?.kind === "list") return `${node.items.length} items`;
  if (node?.kind !== "scalar" || node.value === null) return undefined;
  return oneLine(String(hiddenValue(path, node.value)), 60);
}
