import { once } from "node:events";
import { createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import type { JsonObject } from "#common/json.ts";
import type { World } from "./world.ts";

/**
 * The world's engine, behind one that takes what it is asked for and leaves some of it out: an old one, or one that was
 * built without a control. Gives its address.
 */
export async function forgetfulEngine(
  world: World,
  forget: (demanded: JsonObject) => JsonObject,
): Promise<string> {
  const toEngine = ({ method, url, headers }: IncomingMessage, bytes?: Buffer) =>
    request({
      socketPath: world.engine.socket,
      method,
      path: url,
      headers: bytes ? { ...headers, "content-length": bytes.length } : headers,
      agent: false,
    });
  const server = createServer((asked, answer) => {
    const forward = (bytes?: Buffer): void => {
      const forwarded = toEngine(asked, bytes);
      forwarded.on("error", () => answer.destroy());
      forwarded.on("response", (response) => {
        answer.writeHead(response.statusCode ?? 500, response.headers);
        response.pipe(answer);
      });
      if (bytes) forwarded.end(bytes);
      else asked.pipe(forwarded);
    };
    if (asked.method !== "POST" || !asked.url?.includes("/containers/create")) return forward();
    json(asked).then(
      (demanded) => forward(Buffer.from(JSON.stringify(forget(demanded as JsonObject)))),
      () => answer.destroy(),
    );
  });
  // The two-way connection to a container.
  server.on("upgrade", (asked, near) => {
    const forwarded = toEngine(asked);
    forwarded.on("upgrade", (response, far) => {
      near.write(
        `HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: ${response.headers.upgrade}\r\n\r\n`,
      );
      near.on("error", () => far.destroy()).pipe(far);
      far.on("error", () => near.destroy()).pipe(near);
    });
    forwarded.on("error", () => near.destroy());
    forwarded.end();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  world.atTheEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
