import type { ConfigFile, HostToolConfig } from "#language/sidecar/config-schema.ts";
import { mcpServerSettings } from "#language/sidecar/mcp-server-settings.ts";
import type { Setting, SettingContext } from "#language/sidecar/setting.ts";

/** Plugins, MCP servers and tools on the host. */
export function* toolSettings(file: ConfigFile, context: SettingContext): Generator<Setting> {
  yield* pluginSettings(file, context);
  yield* mcpServerSettings(file, context);
  yield* hostToolSettings(file, context.file);
}

function* pluginSettings(
  { tool_paths: toolPaths = [] }: ConfigFile,
  { file, trusted, lineOf }: SettingContext,
): Generator<Setting> {
  for (const [index, text] of toolPaths.entries()) {
    const path = ["tool_paths", index];
    const demand = { text, file, line: lineOf(path), trusted };
    yield {
      path,
      capability: "tool.plugin",
      target: text,
      needs: "grant",
      apply: (config) => ({ ...config, toolPaths: [...config.toolPaths, demand] }),
    };
  }
}

/** What a tool would run or reach. */
function hostToolTarget(name: string, tool: HostToolConfig): string {
  const { command, request, editor_command: editorCommand, module } = tool;
  return command?.join(" ") ?? request?.url ?? editorCommand ?? module ?? name;
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
      capability: tool.command ? "command" : "tool.host",
      target: hostToolTarget(name, tool),
      needs: "trusted",
      apply: (config) => ({
        ...config,
        hostTools: { ...config.hostTools, tools: { ...config.hostTools.tools, [name]: { ...tool, file } } },
      }),
    };
  }
}
