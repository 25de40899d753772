import { parseJsonSafely } from "#common/json.ts";
import type { PluginStart, PluginTool } from "#protocol/wire/plugins.ts";
import { RequestRefused, type RuntimePorts } from "../ports.ts";
import type { ExternalFinding, ExternalToolSource } from "./external-tools.ts";
import { type OfferedTool, ToolFailure } from "./offered-tool.ts";

const prefix = "plugin";

export interface PluginToolSourceOptions {
  readonly ports: RuntimePorts;
  readonly plugins: PluginStart | undefined;
  /** Plugins that can't run are as if there were none, so that their tools can be mocked. */
  readonly mock: boolean;
}

/**
 * Python functions, behind `use = "plugin.<module>.<function>"`; `plugin` alone is all of them, `plugin.<module>` or a
 * path those of one file or folder. Python is started when one of these is asked for the first time.
 */
export function pluginToolSource({ ports, plugins, mock }: PluginToolSourceOptions): ExternalToolSource {
  const sources = plugins?.sources ?? [];
  const isRunnable = plugins?.runnable === true && sources.length > 0;
  let known: readonly PluginTool[] | undefined;
  const absence = () => (isRunnable || mock || !plugins ? undefined : absenceOf(plugins));
  const tools = (): readonly PluginTool[] => {
    known ??= listTools(ports);
    return known;
  };
  return {
    prefix,
    zone: "plugin",
    groups: () => (isRunnable ? [{ name: prefix, source: prefix }] : []),
    find: (source) => {
      if (isRunnable) return findTools(tools(), source, sources, ports);
      const names = [prefix, ...sources.map(({ module }) => `${prefix}.${module}`)];
      if (mock) return names.includes(source) ? { kind: "group", tools: [] } : undefined;
      const reason = absence();
      if (reason) throw reason;
      return undefined;
    },
    absence,
  };
}

function absenceOf({ sources, withheld }: PluginStart): ToolFailure | undefined {
  if (sources.length > 0) {
    return new ToolFailure(
      "plugin-unavailable",
      "Python plugins run in a container only, since the embedded isolation lets nothing start other programs: run with `--isolation docker`.",
    );
  }
  if (withheld.length === 0) return undefined;
  return new ToolFailure(
    "tool-denied",
    `The folder's config asks for the plugins ${withheld.join(", ")}, which were not granted: grant them, or run with \`--yes\`.`,
  );
}

/** Asks for all tools; what could not become one is told once. */
function listTools(ports: RuntimePorts): readonly PluginTool[] {
  const { tools, problems } = asked(() => ports.request("plugin.list", {}));
  for (const message of problems) ports.emit({ type: "log", level: "warn", message });
  return withoutRepeats(ports, tools);
}

/** Of two functions with one name the later counts, as everywhere. */
function withoutRepeats(ports: RuntimePorts, tools: readonly PluginTool[]): readonly PluginTool[] {
  const byName = new Map<string, PluginTool>();
  for (const tool of tools) {
    const other = byName.get(tool.name);
    if (other) {
      const message = `The plugins ${other.module} and ${tool.module} both define '${tool.name}'; the toolset 'plugin' has that of ${tool.module}.`;
      ports.emit({ type: "log", level: "warn", message });
    }
    byName.set(tool.name, tool);
  }
  return tools;
}

function findTools(
  tools: readonly PluginTool[],
  source: string,
  files: PluginStart["sources"],
  ports: RuntimePorts,
): ExternalFinding | undefined {
  const offer = (tool: PluginTool) => offered(tool, ports);
  if (source === prefix) return { kind: "group", tools: lastOfEachName(tools).map(offer) };
  const name = source.slice(prefix.length + 1);
  const module = files.filter((file) => file.module === name);
  const tool = module.length === 0 ? tools.findLast((each) => isNamed(each, name)) : undefined;
  if (tool) return { kind: "tool", tool: offer(tool) };
  const members = module.length > 0 ? module : files.filter(({ file }) => isAt(file, name));
  if (members.length === 0) return undefined;
  const ofMembers = tools.filter((each) => members.some((file) => file.module === each.module));
  return { kind: "group", tools: lastOfEachName(ofMembers).map(offer) };
}

function lastOfEachName(tools: readonly PluginTool[]): readonly PluginTool[] {
  return [...new Map(tools.map((tool) => [tool.name, tool])).values()];
}

/** `<function>`, `<module>.<function>`, or with packages before it, as the original imports them. */
function isNamed({ module, name }: PluginTool, source: string): boolean {
  return source === name || source === `${module}.${name}` || source.endsWith(`.${module}.${name}`);
}

/** Whether a file is meant by a path, or lies in the folder that is meant. */
function isAt(file: string, given: string): boolean {
  const place = given.replace(/^(\.\/)+/, "").replace(/\/+$/, "");
  return `/${file}`.endsWith(`/${place}`) || `/${file}`.includes(`/${place}/`);
}

function offered({ module, name, description, parameters }: PluginTool, ports: RuntimePorts): OfferedTool {
  return {
    name,
    description,
    parameters,
    zone: "plugin",
    invoke: (given) => {
      const { text } = asked(() => ports.request("plugin.call", { module, name, arguments: given }));
      return { value: parseJsonSafely(text), text };
    },
  };
}

/** What the plugin process says no to is the failure of a tool; a stop of the run is none. */
function asked<Answer>(request: () => Answer): Answer {
  try {
    return request();
  } catch (thrown) {
    if (!(thrown instanceof RequestRefused) || thrown.code === "cancelled") throw thrown;
    throw new ToolFailure(thrown.code, thrown.message, { cause: thrown });
  }
}
