import { once } from "node:events";
import { createServer, type Server } from "node:net";
import type { ProbeResult } from "#protocol/self-test.ts";

/** A server of this machine that no sandbox may reach; it counts who does, whatever the probes say. */
export class CanaryServer {
  readonly #server: Server;
  #visitors = 0;

  private constructor(server: Server) {
    this.#server = server;
    server.on("connection", (socket) => {
      this.#visitors++;
      socket.destroy();
    });
  }

  static async open(): Promise<CanaryServer> {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new CanaryServer(server);
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  verdict(): ProbeResult {
    return {
      control: "network",
      tried: "reach a server of this machine (counted there)",
      held: this.#visitors === 0,
      found: `${this.#visitors} connections`,
    };
  }

  async close(): Promise<void> {
    this.#server.close();
    await once(this.#server, "close");
  }
}
