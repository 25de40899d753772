import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import path from "node:path";

/** Between the command and its engine: does something at the moment at which a request passes, before the engine sees it. */
export interface EngineGate {
  readonly address: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Opens a gate at a socket in this folder; `act` happens once, when a request that begins like this comes by. */
export async function openGate(
  folder: string,
  engineSocket: string,
  { at, act }: { readonly at: RegExp; readonly act: () => Promise<void> },
): Promise<EngineGate> {
  const sockets = new Set<Socket>();
  let acting: Promise<void> | undefined;
  const server = createServer((client) => {
    const engine = connect(engineSocket);
    for (const socket of [client, engine]) sockets.add(socket.on("error", () => undefined));
    const pass = async (bytes: Buffer): Promise<void> => {
      if (acting === undefined && at.test(bytes.toString("latin1"))) {
        client.pause();
        acting = act();
        await acting;
        client.resume();
      }
      engine.write(bytes);
    };
    client.on("data", (bytes: Buffer) => void pass(bytes));
    client.on("close", () => engine.destroy());
    engine.pipe(client);
    engine.on("close", () => client.destroy());
  });
  const socket = path.join(folder, "gate.sock");
  await once(server.listen(socket), "listening");
  return {
    address: `unix://${socket}`,
    async [Symbol.asyncDispose]() {
      for (const open of sockets) open.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
