import { matchesAny } from "#common/name-pattern.ts";
import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import { type McpServerConfig, placementOf } from "#language/sidecar/mcp-server-schema.ts";
import type { ResolvedConfig, ResolvedMcpServer } from "#language/sidecar/resolved-config.ts";
import type { Setting, SettingContext } from "#language/sidecar/setting.ts";

/** MCP servers that a file defines, and what it says of servers that a layer below defines. */
export function* mcpServerSettings(
  { mcp_servers: servers = {} }: ConfigFile,
  { file, below }: Pick<SettingContext, "file" | "below">,
): Generator<Setting> {
  for (const [name, server] of Object.entries(servers)) {
    if (server.command !== undefined || server.url !== undefined) yield definition(name, server, file);
    else if (Object.hasOwn(below.mcpServers, name)) yield* changes(name, server);
    else yield unknownServer(name);
  }
}

/** A program on the host comes from the person's own config alone; in the sandbox, or at an address, it takes a grant. */
function definition(name: string, server: McpServerConfig, file: string): Setting {
  const placement = placementOf(server);
  return {
    path: ["mcp_servers", name],
    capability: "tool.mcp",
    target: name,
    needs: placement === "host" && server.command !== undefined ? "trusted" : "grant",
    apply: (config) => withServer(config, name, () => ({ ...server, placement, file })),
  };
}

/** A server of the person's own config may be narrowed by anybody; to be held on the host it takes a grant. */
function* changes(name: string, { tools, placement }: McpServerConfig): Generator<Setting> {
  if (tools !== undefined) {
    yield {
      path: ["mcp_servers", name, "tools"],
      capability: "tool.mcp",
      target: name,
      needs: "free",
      apply: (config) =>
        withServer(
          config,
          name,
          (server) => server && { ...server, tools: allowedByBoth(server.tools, tools) },
        ),
    };
  }
  if (placement !== undefined) {
    yield {
      path: ["mcp_servers", name, "placement"],
      capability: "tool.mcp",
      target: `${name} (${placement})`,
      needs: placement === "host" ? "grant" : "free",
      apply: (config) => withServer(config, name, (server) => server && { ...server, placement }),
    };
  }
}

/** Only the person's own config can say what is meant. */
function unknownServer(name: string): Setting {
  return {
    path: ["mcp_servers", name],
    capability: "tool.mcp",
    target: name,
    needs: "trusted",
    apply: (config) => config,
  };
}

function withServer(
  config: ResolvedConfig,
  name: string,
  change: (server: ResolvedMcpServer | undefined) => ResolvedMcpServer | undefined,
): ResolvedConfig {
  const changed = change(Object.hasOwn(config.mcpServers, name) ? config.mcpServers[name] : undefined);
  return changed ? { ...config, mcpServers: { ...config.mcpServers, [name]: changed } } : config;
}

/** Patterns of either list that lie within the other one: never more than both allow. */
function allowedByBoth(one: readonly string[] | undefined, other: readonly string[]): string[] {
  if (one === undefined) return [...other];
  const within = (inner: readonly string[], outer: readonly string[]): string[] =>
    inner.filter((pattern) => matchesAny(pattern, outer));
  return [...new Set([...within(other, one), ...within(one, other)])];
}
