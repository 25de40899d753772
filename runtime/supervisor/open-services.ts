import type { SandboxedEvent } from "#protocol/events/events.ts";
import type { StartMessage } from "#protocol/wire/messages.ts";
import { PluginHost } from "../plugins/plugin-host.ts";
import type { InsideServices } from "./inside-desk.ts";

const noPlugins = { runnable: false, sources: [], withheld: [] };

/** Everything that answers requests inside the sandbox; nothing of it is started before it is asked. */
export function openServices(start: StartMessage, emit: (event: SandboxedEvent) => void): InsideServices {
  const plugins = new PluginHost({
    plugins: start.plugins ?? noPlugins,
    onOutput: (stream, text) => emit({ type: "output", stream, text }),
  });
  return {
    handlers: {
      "plugin.list": () => plugins.list(),
      "plugin.call": (params) => plugins.call(params),
    },
    dispose: () => plugins.dispose(),
  };
}
