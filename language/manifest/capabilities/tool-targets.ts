import type { ManifestCapability } from "#protocol/reports/manifest-report.ts";

/** A tool that something may be, or all tools of a kind where only a run can know. */
export interface ToolTarget {
  readonly capability: Extract<ManifestCapability, `tool.${string}`>;
  readonly target: string | undefined;
  /** What the procedure calls it. */
  readonly name?: string | undefined;
}

const dynamic = (capability: ToolTarget["capability"]): ToolTarget => ({ capability, target: undefined });

/** Any tool from outside of the files, by a name or a source that only a run can know. */
export const anyOutside: readonly ToolTarget[] = [
  dynamic("tool.host"),
  dynamic("tool.mcp"),
  dynamic("tool.plugin"),
];

/** Any tool at all. */
export const anyTool: readonly ToolTarget[] = [dynamic("tool.lua"), ...anyOutside];

/** What a source such as `mcp.files.read` or `broker.ping` names. Files are no source: their tools are declared there. */
export function sourceTargets(
  source: string | undefined,
  servers: ReadonlySet<string>,
  name?: string,
): readonly ToolTarget[] {
  if (source === undefined) return anyOutside;
  const [prefix = "", ...rest] = source.split(".");
  const inside = rest.join(".");
  if (prefix === "broker") return inside === "" ? [] : [{ capability: "tool.host", target: inside, name }];
  if (prefix === "mcp")
    return inside === "" ? [] : [{ capability: "tool.mcp", target: serverTool(inside, servers), name }];
  if (prefix !== "plugin") return [];
  return [{ capability: "tool.plugin", target: inside === "" ? undefined : inside, name }];
}

/** `server.tool`, or the server alone for any of its tools. A tool may be written with the server's name before it. */
function serverTool(inside: string, servers: ReadonlySet<string>): string {
  const server = [...servers]
    .filter((known) => inside === known || inside.startsWith(`${known}.`))
    .toSorted((one, other) => other.length - one.length)[0];
  const known = server ?? inside.split(".")[0] ?? inside;
  const tool = inside.slice(known.length + 1);
  const plain = tool.startsWith(`${known}_`) ? tool.slice(known.length + 1) : tool;
  return tool === "" ? known : `${known}.${plain}`;
}

/** The words for a tool: `the tool search`, `any tool of the MCP server files`. */
export function toolWords({ capability, target }: ToolTarget): string {
  if (target === undefined) return dynamicWords[capability];
  switch (capability) {
    case "tool.lua":
      return `the tool ${target}`;
    case "tool.host":
      return `the host tool ${target}`;
    case "tool.plugin":
      return `the plugin ${target}`;
    case "tool.mcp":
      return target.includes(".") ? `the MCP tool ${target}` : `any tool of the MCP server ${target}`;
  }
}

const dynamicWords: Readonly<Record<ToolTarget["capability"], string>> = {
  "tool.lua": "any tool that the files declare",
  "tool.host": "any host tool that the config allows",
  "tool.mcp": "any tool of any MCP server that the config gives",
  "tool.plugin": "any function of the plugins that the config gives",
};
