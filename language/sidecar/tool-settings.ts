import type { ConfigFile } from "#language/sidecar/config-schema.ts";
import type { ResolvedConfig } from "#language/sidecar/resolved-config.ts";
import type { Setting, SettingContext } from "#language/sidecar/setting.ts";

/** Plugins, MCP servers and tools on the host. */
export function* toolSettings(
  file: ConfigFile,
  { file: name, below }: Pick<SettingContext, "file" | "below">,
): Generator<Setting> {
  for (const [index, toolPath] of (file.tool_paths ?? []).entries()) {
    yield {
      path: ["tool_paths", index],
      capability: "tool.plugin",
      target: toolPath,
      needs: "grant",
      apply: (config) => ({ ...config, toolPaths: [...new Set([...config.toolPaths, toolPath])] }),
    };
  }
  yield* serverSettings(file, below);
  yield* hostToolSettings(file, name);
}

/** A server without a command is the one of that name that a layer below defines: then there is nothing to ask for. */
function* serverSettings(file: ConfigFile, { mcpServers }: ResolvedConfig): Generator<Setting> {
  for (const [name, server] of Object.entries(file.mcp_servers ?? {})) {
    const { command } = server;
    if (command === undefined && Object.hasOwn(mcpServers, name)) continue;
    yield {
      path: ["mcp_servers", name],
      capability: "tool.mcp",
      target: name,
      needs: command === undefined ? "trusted" : "grant",
      apply: (config) =>
        command === undefined
          ? config
          : { ...config, mcpServers: { ...config.mcpServers, [name]: { ...server, command } } },
    };
  }
}

function* hostToolSettings({ host_tools: section }: ConfigFile, file: string): Generator<Setting> {
  for (const [index, name] of (section?.allow ?? []).entries()) {
    yield {
      path: ["host_tools", "allow", index],
      capability: "tool.host",
      target: name,
      needs: "grant",
      apply: (config) => ({
        ...config,
        hostTools: { ...config.hostTools, allow: [...new Set([...config.hostTools.allow, name])] },
      }),
    };
  }
  for (const [name, tool] of Object.entries(section?.tools ?? {})) {
    yield {
      path: ["host_tools", "tools", name],
      capability: "command",
      target: tool.command.join(" "),
      needs: "trusted",
      apply: (config) => ({
        ...config,
        hostTools: { ...config.hostTools, tools: { ...config.hostTools.tools, [name]: { ...tool, file } } },
      }),
    };
  }
}
