import type { Location, Position } from "vscode-languageserver";
import { findNode } from "#language/sidecar/config-node.ts";
import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { pathAt } from "#language/sidecar/document-path.ts";
import { pluginToolset } from "#language/sidecar/known-names.ts";
import { keyEntryAt } from "#language/sidecar/schema-words.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { YamlContext, YamlLayer } from "./yaml-context.ts";

/**
 * Where the name under the cursor comes from: a host tool, a provider, the server or the plugins that make a toolset,
 * or what the procedure declares.
 */
export function yamlDefinition(document: YamlDocument, position: Position, context: YamlContext): Location[] {
  const place = pathAt(document, context.positions.offsetAt(position));
  if (!place) return [];
  const { path, on } = place;
  if (path[0] === "inputs" && path.length >= 2) return inputLocation(String(path[1]), context);
  if (on === "key") return keyLocations(path, context);
  const node = findNode(document.root, path).node;
  const name = node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
  const reference = keyEntryAt(path)?.refersTo;
  if (name === undefined || reference === undefined) return [];
  const places = definingPaths(reference, name).flatMap((each) => locationsOf(each, context));
  const declared = places.length === 0 ? context.declarationOf?.(name) : undefined;
  return declared ? [declared] : places;
}

/** Paths of the entries that give a name of a kind its meaning. */
function definingPaths(reference: string, name: string): readonly ConfigPath[] {
  switch (reference) {
    case "hostTool":
      return [["host_tools", "tools", name]];
    case "provider":
      return [["providers", name]];
    case "toolset":
      return name === pluginToolset ? [["tool_paths"]] : [["mcp_servers", name]];
    default:
      return [];
  }
}

/** From a server that is only named to the one that is meant, from a declared host tool to where it is allowed. */
function keyLocations(path: ConfigPath, context: YamlContext): Location[] {
  const isNamed = path.length === 2 && path[0] === "mcp_servers";
  if (isNamed) return locationsOf(path, context);
  const isTool = path.length === 3 && path[0] === "host_tools" && path[1] === "tools";
  return isTool ? allowingLocations(String(path[2]), context) : [];
}

/** The strongest layer comes last, and wins. An MCP server without a command stands for another one. */
function locationsOf(path: ConfigPath, { layers = [] }: YamlContext): Location[] {
  const found = layers.filter(({ document }) => findNode(document.root, path).depth === path.length);
  const withCommand = found.filter(
    ({ document }) => path[0] !== "mcp_servers" || document.nodeAt([...path, "command"]) !== undefined,
  );
  const layer = (withCommand.length > 0 ? withCommand : found).at(-1);
  return layer ? [locationIn(layer, layer.document.keySpan(path))] : [];
}

/** Every place that allows a host tool. */
function allowingLocations(name: string, { layers = [] }: YamlContext): Location[] {
  return layers.flatMap((layer) => {
    const list = layer.document.nodeAt(["host_tools", "allow"]);
    const items = list?.kind === "list" ? list.items : [];
    return items.flatMap((item) =>
      item?.kind === "scalar" && item.value === name ? [locationIn(layer, item)] : [],
    );
  });
}

function locationIn({ uri, positions }: YamlLayer, span: { start: number; end: number }): Location {
  return { uri, range: positions.range(span) };
}

/** The declaration in the procedure beside the sidecar. */
function inputLocation(
  name: string,
  { procedure, procedureUri: uri, procedurePositions }: YamlContext,
): Location[] {
  const input = procedure?.inputs.find((each) => each.name === name);
  if (!input || uri === undefined) return [];
  return [{ uri, range: procedurePositions?.convert(input.range) ?? input.range }];
}
