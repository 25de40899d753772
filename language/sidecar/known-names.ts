import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import type { ProcedureFacts } from "#language/sidecar/procedure-facts.ts";
import { entriesAt } from "#language/sidecar/rules/config-rule.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import { providers } from "#vocabulary/providers.ts";

/** The toolset of all plugin tools. */
export const pluginToolset = "plugin";

/** Host tools that are always there and always allowed. */
export const builtInHostTools: readonly string[] = ["host.ping", "host.echo"];

/** Where names may be defined. */
export interface NameSources {
  readonly documents: readonly YamlDocument[];
  readonly others?: readonly ConfigFile[];
  readonly procedure?: ProcedureFacts;
}

/** Providers that a file may name: the built-in ones and those of all layers. */
export function knownProviders(sources: NameSources): ReadonlySet<string> {
  return new Set([
    ...providers.map(({ name }) => name),
    ...names(sources, ["providers"], ({ providers: own }) => own),
  ]);
}

/** Toolsets that a file may name: MCP servers, the plugins, and what the procedure declares. */
export function knownToolsets(sources: NameSources): ReadonlySet<string> {
  return new Set([
    pluginToolset,
    ...names(sources, ["mcp_servers"], ({ mcp_servers: servers }) => servers),
    ...(sources.procedure?.toolsets ?? []),
    ...(sources.procedure?.tools ?? []),
  ]);
}

/** Host tools that a file may allow: the built-in ones and the commands of all layers. */
export function knownHostTools(sources: NameSources): ReadonlySet<string> {
  return new Set([
    ...builtInHostTools,
    ...names(sources, ["host_tools", "tools"], ({ host_tools: tools }) => tools?.tools),
  ]);
}

function names(
  { documents, others = [] }: NameSources,
  path: readonly string[],
  of: (file: ConfigFile) => object | undefined,
): string[] {
  return [
    ...documents.flatMap((document) => entriesAt(document, path).map(({ name }) => name)),
    ...others.flatMap((other) => Object.keys(of(other) ?? {})),
  ];
}
