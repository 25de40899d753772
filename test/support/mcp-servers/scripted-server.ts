import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { scriptedTools } from "./behaviour.ts";
import { toolBodies } from "./scripted-tools.ts";

const anyArguments = { type: "object" };
const numbers = {
  type: "object",
  properties: { a: { type: "number" }, b: { type: "number" } },
  required: ["a", "b"],
};

/** A real MCP server whose tools do what tests need. `more` tools stand in its list exactly as they are given. */
export function scriptedServer(more: readonly unknown[], note: (line: string) => void): Server {
  const server = new Server(
    { name: "scripted", version: "1.0.0" },
    // A client that declines is what is tested: the server asks whatever the client says that it can do.
    { capabilities: { tools: { listChanged: true } }, enforceStrictCapabilities: false },
  );
  const listed: unknown[] = [
    ...scriptedTools.map((name) => ({
      name,
      description: `Does ${name}.`,
      inputSchema: name === "add" ? numbers : anyArguments,
    })),
    ...more,
  ];
  server.setRequestHandler(ListToolsRequestSchema, () => {
    note("listed");
    return { tools: listed } as never;
  });
  server.setRequestHandler(CallToolRequestSchema, ({ params }, { signal }) => {
    note(`called ${params.name}`);
    const body = toolBodies[params.name];
    if (!body) throw new Error(`There is no tool ${params.name}.`);
    const grow = async (): Promise<void> => {
      listed.push({ name: "grown", inputSchema: anyArguments });
      await server.sendToolListChanged();
    };
    return body({ server, given: params.arguments ?? {}, signal, note, grow });
  });
  return server;
}
