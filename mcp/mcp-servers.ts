import type { Json, JsonObject } from "#common/json.ts";
import { fail, type Result } from "#common/result.ts";
import { oneLine } from "#common/visible-text.ts";
import type { McpServerDefinition } from "#protocol/wire/mcp.ts";
import { HeldServer, type McpContext, type ToolListing } from "./held-server.ts";
import type { McpFailure } from "./mcp-failure.ts";

export interface McpServersOptions {
  readonly servers: Readonly<Record<string, McpServerDefinition>>;
  /** Variables beside a server's own. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The MCP servers of one run that are held on this side of the wire; anything that is not configured is denied. */
export class McpServers {
  readonly #servers: ReadonlyMap<string, HeldServer>;

  constructor({ servers, environment }: McpServersOptions) {
    this.#servers = new Map(
      Object.entries(servers).map(([name, definition]) => [
        name,
        new HeldServer({ name, definition, environment }),
      ]),
    );
  }

  async list(server: string, context: McpContext): Promise<Result<ToolListing, McpFailure>> {
    return (await this.#servers.get(server)?.list(context)) ?? fail(unknownServer(server));
  }

  async call(
    server: string,
    tool: string,
    parameters: JsonObject,
    context: McpContext,
  ): Promise<Result<Json, McpFailure>> {
    return (await this.#servers.get(server)?.call(tool, parameters, context)) ?? fail(unknownServer(server));
  }

  /** Ends all of them; resolves when nothing of them is left. */
  async close(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.close()));
  }
}

function unknownServer(server: string): McpFailure {
  return {
    code: "tool-denied",
    message: `There is no MCP server '${oneLine(server, 60)}': to allow one, define it under \`mcp_servers\` in a trusted config.`,
  };
}
