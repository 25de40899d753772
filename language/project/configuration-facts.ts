import type { ConfigurationFacts } from "#language/project/project-view.ts";
import type { ConfigFile } from "#language/sidecar/config-schema.ts";

/** What config files together offer to procedures. A file that could not be read is left out, and said elsewhere. */
export function configurationFacts(configs: readonly (ConfigFile | undefined)[]): ConfigurationFacts {
  const read = configs.filter((config) => config !== undefined);
  const mcpServers = new Set(read.flatMap((config) => Object.keys(config.mcp_servers ?? {})));
  const hasPlugins = read.some((config) => (config.tool_paths ?? []).length > 0);
  return {
    mcpServers,
    toolsets: new Set([...mcpServers, ...(hasPlugins ? ["plugin"] : [])]),
    hostTools: new Set(read.flatMap((config) => config.host_tools?.allow ?? [])),
    providers: new Set(read.flatMap((config) => Object.keys(config.providers ?? {}))),
    hasDefaultProvider: read.some((config) => config.default_provider !== undefined),
    hasPlugins,
    isKnown: true,
  };
}
