import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that nobody must reach; it remembers who did. */
export interface CanaryServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** `GET /path` of each request, in order. */
  readonly hits: readonly string[];
  dispose(): void;
}

export interface CanaryAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export async function startCanaryServer(
  answer: (path: string) => CanaryAnswer = () => ({}),
): Promise<CanaryServer> {
  const hits: string[] = [];
  const server = createServer((request, response) => {
    hits.push(`${request.method} ${request.url}`);
    const { status = 200, headers = {}, body = "reached" } = answer(request.url ?? "");
    response.writeHead(status, { ...headers }).end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    hits,
    dispose: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
