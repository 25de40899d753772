import type { SandboxedEvent } from "#protocol/events/events.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import { PluginHost } from "../plugins/plugin-host.ts";
import type { InsideServices } from "./inside-desk.ts";
import { InsideMcp } from "./inside-mcp.ts";

const noPlugins = { runnable: false, sources: [], withheld: [] };

/** Everything that answers requests inside the sandbox; nothing of it is started before it is asked. */
export function openServices(start: StartMessage, emit: (event: SandboxedEvent) => void): InsideServices {
  const plugins = new PluginHost({
    plugins: start.plugins ?? noPlugins,
    onOutput: (stream, text) => emit({ type: "output", stream, text }),
  });
  const mcp = new InsideMcp(start.mcpServers ?? {}, emit);
  return {
    handlers: {
      "plugin.list": () => plugins.list(),
      "plugin.call": (params) => plugins.call(params),
      "mcp.list": (params) => mcp.list(params),
      "mcp.call": (params) => mcp.call(params),
    },
    dispose: () => {
      plugins.dispose();
      return mcp.dispose();
    },
  };
}
