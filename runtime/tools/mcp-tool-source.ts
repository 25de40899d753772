import type { PlacedMcpServer } from "#protocol/wire/mcp.ts";
import type { McpTool } from "#protocol/wire/requests.ts";
import { RequestRefused, type RuntimePorts } from "../ports.ts";
import type { ExternalFinding, ExternalToolSource } from "./external-tools.ts";
import { type OfferedTool, ToolFailure } from "./offered-tool.ts";

const prefix = "mcp";

export interface McpToolSourceOptions {
  readonly ports: Pick<RuntimePorts, "request" | "emit">;
  readonly servers: Readonly<Record<string, PlacedMcpServer>> | undefined;
  /** No server is asked; its tools can be mocked. */
  readonly mock: boolean;
}

interface Listing {
  readonly revision: number;
  readonly tools: readonly McpTool[];
  /** Names of tools that config does not allow. */
  readonly withheld: readonly string[];
}

const nothing: Listing = { revision: 0, tools: [], withheld: [] };

/**
 * Tools of MCP servers, behind `use = "mcp.<server>"` and `use = "mcp.<server>.<tool>"`. A server is asked for its tools
 * when one of these is needed for the first time, wherever it lives. Tools are offered as `<server>_<tool>`.
 */
export function mcpToolSource(options: McpToolSourceOptions): ExternalToolSource {
  const { ports, servers = {}, mock } = options;
  const listings = new Map<string, Listing>();
  const listed = (server: string): Listing => {
    const known = listings.get(server) ?? ask(ports, server, undefined);
    if (known) listings.set(server, known);
    return known ?? nothing;
  };
  return {
    prefix,
    zone: "mcp",
    groups: () => Object.keys(servers).map((name) => ({ name, source: `${prefix}.${name}` })),
    find: (source) => {
      const server = serverOf(source, Object.keys(servers));
      if (server === undefined) return undefined;
      const name = source.slice(`${prefix}.${server}.`.length);
      if (mock) return name === "" ? { kind: "group", tools: [] } : undefined;
      return found(listed(server), { server, name, ports });
    },
    refresh: () => {
      const changed = [...listings].filter(([server, { revision }]) => {
        const now = refreshed(ports, server, revision);
        if (now) listings.set(server, now);
        return now !== undefined;
      });
      return changed.length > 0;
    },
  };
}

/** The server that a source names; the longest, since names may hold dots. */
function serverOf(source: string, servers: readonly string[]): string | undefined {
  return servers
    .filter((name) => source === `${prefix}.${name}` || source.startsWith(`${prefix}.${name}.`))
    .toSorted((one, other) => other.length - one.length)[0];
}

function found(
  { tools, withheld }: Listing,
  wanted: { readonly server: string; readonly name: string; readonly ports: McpToolSourceOptions["ports"] },
): ExternalFinding | undefined {
  const { server, name, ports } = wanted;
  const offer = (tool: McpTool): OfferedTool => offered(tool, server, ports);
  if (name === "") return { kind: "group", tools: tools.map(offer) };
  const isMeant = (tool: string): boolean => tool === name || `${server}_${tool}` === name;
  const tool = tools.find((each) => each.name === name) ?? tools.find((each) => isMeant(each.name));
  const forbidden = tool ? undefined : withheld.find(isMeant);
  if (forbidden !== undefined) throw denied(server, forbidden, ports);
  return tool && { kind: "tool", tool: offer(tool) };
}

/** A procedure names a tool that is there and that it may not have. */
function denied(server: string, tool: string, ports: McpToolSourceOptions["ports"]): ToolFailure {
  const reason = `The config does not allow the tool '${tool}' of MCP server '${server}' (\`mcp_servers.${server}.tools\`).`;
  ports.emit({ type: "tool.denied", tool: `${server}_${tool}`, zone: "mcp", reason });
  return new ToolFailure("tool-denied", reason);
}

function offered(
  { name, description, parameters }: McpTool,
  server: string,
  ports: McpToolSourceOptions["ports"],
): OfferedTool {
  return {
    name: `${server}_${name}`,
    description,
    parameters,
    zone: "mcp",
    invoke: (given) => ({
      value: answered(() => ports.request("mcp.call", { server, tool: name, arguments: given })).result,
    }),
  };
}

/** The tools of a server; undefined when they are those of the revision `since`. */
function ask(
  ports: McpToolSourceOptions["ports"],
  server: string,
  since: number | undefined,
): Listing | undefined {
  const params = { server, ...(since !== undefined && { since }) };
  const { revision, tools, withheld = [] } = answered(() => ports.request("mcp.list", params));
  return tools && { revision, tools, withheld };
}

/** A server that can't say now whether its tools changed keeps those it had: a call of one will tell what is wrong. */
function refreshed(ports: McpToolSourceOptions["ports"], server: string, since: number): Listing | undefined {
  try {
    return ask(ports, server, since);
  } catch (thrown) {
    if (thrown instanceof ToolFailure) return undefined;
    throw thrown;
  }
}

/** What a server, or the config, says no to is the failure of a tool; a stop of the run is none. */
function answered<Answer>(request: () => Answer): Answer {
  try {
    return request();
  } catch (thrown) {
    if (!(thrown instanceof RequestRefused) || thrown.code === "cancelled") throw thrown;
    throw new ToolFailure(thrown.code, thrown.message, { cause: thrown });
  }
}
