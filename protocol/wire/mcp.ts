/** How an MCP server is reached: a program that talks over its pipes, or an address. */
export type McpTransport =
  | {
      readonly kind: "program";
      readonly command: string;
      readonly args: readonly string[];
      /** All that its environment holds beside what finding a program needs. */
      readonly environment: Readonly<Record<string, string>>;
      readonly folder?: string;
    }
  | { readonly kind: "http"; readonly url: string; readonly headers: Readonly<Record<string, string>> };

/** An MCP server as trusted config defines it. */
export interface McpServerDefinition {
  readonly transport: McpTransport;
  /** Names of tools that may be listed and called, `*` for any characters; absent: all. */
  readonly tools?: readonly string[];
  /** Seconds until it must have answered the greeting. */
  readonly startSeconds: number;
  /** Seconds until it must have answered a call. */
  readonly answerSeconds: number;
  /** Further attempts to start it. */
  readonly retries: number;
}

/** What the sandbox gets to know of a server: all of one that it starts itself, the name of one that the host holds. */
export type PlacedMcpServer =
  | { readonly placement: "sandbox"; readonly server: McpServerDefinition }
  | { readonly placement: "host" };

/** Where the folder of server programs stands in the sandbox, and relative paths of servers there start. */
export const mcpServersFolder = "/mcp-servers";

/** Most characters of a server's or a tool's name. */
export const longestMcpName = 200;
