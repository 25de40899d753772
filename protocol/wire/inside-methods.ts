/**
 * Methods that are answered inside the sandbox, by the supervisor: what they reach lives there. They never leave it,
 * and the broker does not know them. No schemas here, since the worker loads this at each start.
 */
const insideMethods = ["plugin.list", "plugin.call"] as const;

/** Methods of MCP servers: answered inside for servers that live there, by the broker for all others. */
const serverMethods = ["mcp.list", "mcp.call"] as const;

export type InsideMethod = (typeof insideMethods)[number];

/** What the supervisor may be asked for. */
export type SupervisorMethod = InsideMethod | (typeof serverMethods)[number];

/** Whether a request of this method may be answered inside the sandbox. */
export function isAnsweredInside(method: string): boolean {
  return [...insideMethods, ...serverMethods].some((inside) => inside === method);
}

/** Whether a request stays in the sandbox; `servers` are the MCP servers that live there. */
export function staysInside(
  method: string,
  params: object,
  servers: ReadonlySet<unknown>,
): method is SupervisorMethod {
  if (insideMethods.some((inside) => inside === method)) return true;
  return (
    serverMethods.some((placed) => placed === method) && "server" in params && servers.has(params.server)
  );
}
