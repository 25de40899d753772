/**
 * Why an MCP server did not do what it was asked for. `mcp-server-failed`: it could not be started or reached, ended, or
 * took too long; `tool-failed`: the tool itself says so; `tool-denied`: config does not allow the tool;
 * `answer-too-large`: the result is more than a procedure may be given.
 */
export interface McpFailure {
  readonly code: "mcp-server-failed" | "tool-failed" | "tool-denied" | "answer-too-large" | "cancelled";
  /** For people and models; holds nothing of the machine that the server runs on. */
  readonly message: string;
  /** Whether another attempt may succeed. */
  readonly transient?: boolean;
}
