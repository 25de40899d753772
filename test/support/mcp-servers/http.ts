import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { scriptedServer } from "./scripted-server.ts";

/** The scripted server at an address of this machine. */
export interface HttpMcpServer extends AsyncDisposable {
  readonly url: string;
  /** Headers of the requests so far. */
  readonly headers: readonly IncomingHttpHeaders[];
  /** What happened to it. */
  readonly notes: readonly string[];
  /** Sessions that were begun and not ended. */
  readonly sessions: ReadonlySet<string>;
  /** Sessions are forgotten, as by a restart. */
  forget(): void;
}

/** Starts it. `instead` may answer a request in its place; it says whether it did. */
export async function startHttpMcpServer(
  instead: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
): Promise<HttpMcpServer> {
  const headers: IncomingHttpHeaders[] = [];
  const notes: string[] = [];
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const http = createServer((request, response) => {
    headers.push(request.headers);
    if (instead(request, response)) return;
    void handle(request, response, sessions, notes);
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const { port } = http.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    headers,
    notes,
    get sessions() {
      return new Set(sessions.keys());
    },
    forget: () => sessions.clear(),
    [Symbol.asyncDispose]: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, "close");
    },
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  sessions: Map<string, StreamableHTTPServerTransport>,
  notes: string[],
): Promise<void> {
  const session = request.headers["mcp-session-id"];
  const known = typeof session === "string" ? sessions.get(session) : undefined;
  if (session !== undefined && !known) {
    response.writeHead(404).end();
    return;
  }
  const transport = known ?? (await begin(sessions, notes));
  await transport.handleRequest(request, response);
}

async function begin(
  sessions: Map<string, StreamableHTTPServerTransport>,
  notes: string[],
): Promise<StreamableHTTPServerTransport> {
  const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => void sessions.set(id, transport),
    onsessionclosed: (id) => void sessions.delete(id),
  });
  // The SDK's own class does not fit its own interface under exact optional properties.
  await scriptedServer([], (line) => notes.push(line)).connect(transport as Transport);
  return transport;
}
