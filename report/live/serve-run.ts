import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Disposable } from "#common/disposal.ts";
import { answerRequest } from "./answer-request.ts";
import type { ServedRun } from "./served-run.ts";

/** A page that follows a run, for whoever has its whole address. */
export interface RunServer extends Disposable {
  /** The token stands behind the `#`: browsers send it to nobody, and it is in no log. */
  readonly address: string;
}

const tokenBytes = 32;

/** Serves the page of a run on this machine alone, until it is disposed of. */
export async function serveRun(served: ServedRun): Promise<RunServer> {
  const token = randomBytes(tokenBytes).toString("base64url");
  const ended = new AbortController();
  const server = createServer((request, response) => {
    const origin = `http://${hostOf(server)}`;
    void answerRequest({ ...served, origin, token, signal: ended.signal }, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `http://${hostOf(server)}/#${token}`,
    dispose: async () => {
      ended.abort();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function hostOf(server: Server): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
