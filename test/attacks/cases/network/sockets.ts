import { createSocket } from "node:dgram";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { type Attack, outcome } from "../../attack.ts";
import { noNetwork, systemCalls } from "../../controls/container-controls.ts";
import { said, takeOver } from "../../world/take-over.ts";

const common = { threat: "T6", control: noNetwork, places: ["docker", "embedded"] } satisfies Pick<
  Attack,
  "threat" | "control" | "places"
>;

/** A port of the host that is free at this moment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Whether somebody lets the host in at a port. */
async function isReached(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const reached = await once(socket, "connect").then(
    () => true,
    () => false,
  );
  socket.destroy();
  return reached;
}

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "network-direct-connection",
    title: "all of Node connects to a server of the host",
    success: "the server is asked",
    attempt: async (world) => {
      const server = await world.server();
      const inside = await takeOver(world);
      const answer = await inside.run(
        `import net from "node:net"; import { once } from "node:events";
export async function attack({ port }) {
  const socket = net.connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write("GET /reached HTTP/1.0\\r\\n\\r\\n");
  await once(socket, "data");
}`,
        { port: server.port },
      );
      return outcome(
        server.hits.length > 0,
        `${server.hits.length} requests arrived; inside: ${said(answer)}`,
      );
    },
  },
  {
    ...common,
    id: "network-fetch",
    title: "all of Node fetches an address, as a library would",
    success: "the server is asked",
    attempt: async (world) => {
      const server = await world.server();
      const inside = await takeOver(world);
      const answer = await inside.run("export const attack = async ({ url }) => (await fetch(url)).status;", {
        url: server.url,
      });
      return outcome(
        server.hits.length > 0,
        `${server.hits.length} requests arrived; inside: ${said(answer)}`,
      );
    },
  },
  {
    ...common,
    id: "network-datagram",
    title: "all of Node sends a datagram to the host, as a look-up of a name would",
    success: "the datagram arrives",
    attempt: async (world) => {
      const receiver = createSocket("udp4");
      let arrived = false;
      receiver.on("message", () => {
        arrived = true;
      });
      receiver.bind(0, "127.0.0.1");
      await once(receiver, "listening");
      world.atTheEnd(() => void receiver.close());
      const inside = await takeOver(world);
      const answer = await inside.run(
        `import dgram from "node:dgram";
export const attack = ({ port }) => new Promise((resolve, reject) => {
  const socket = dgram.createSocket("udp4").on("error", reject);
  socket.send("x", port, "127.0.0.1", (error) => (error ? reject(error) : resolve("sent")));
});`,
        { port: receiver.address().port },
      );
      // On the loopback it is there before the answer of the one who sent it, but for this turn.
      await pause(50);
      return outcome(arrived, `it ${arrived ? "arrived" : "did not arrive"}; inside: ${said(answer)}`);
    },
  },
  {
    ...common,
    id: "network-open-door",
    title: "all of Node listens for somebody outside",
    success: "the host gets a connection to it",
    attempt: async (world) => {
      const port = await freePort();
      const inside = await takeOver(world);
      const answer = await inside.run(
        `import net from "node:net"; import { once } from "node:events";
export async function attack({ port }) { await once(net.createServer().listen(port, "127.0.0.1"), "listening"); }`,
        { port },
      );
      const reached = await isReached(port);
      return outcome(reached, `the host ${reached ? "got in" : "did not get in"}; inside: ${said(answer)}`);
    },
  },
  {
    ...common,
    id: "network-socket-in-a-mounted-folder",
    title: "all of Node connects to the socket of a program in a folder that config mounts",
    success: "the program gets a connection",
    control: systemCalls,
    places: ["docker"],
    attempt: async (world) => {
      const folder = mkdtempSync(path.join(tmpdir(), "tactus-socket-"));
      world.atTheEnd(() => rmSync(folder, { recursive: true, force: true }));
      let connections = 0;
      const server = createServer(() => {
        connections += 1;
      });
      await once(server.listen(path.join(folder, "program.sock")), "listening");
      world.atTheEnd(() => void server.close());
      chmodSync(folder, 0o777);
      chmodSync(path.join(folder, "program.sock"), 0o777);
      const mount = { hostPath: folder, containerPath: "/mounted", writable: false };
      const inside = await takeOver(world, { mounts: [mount] });
      const answer = await inside.run(
        `import net from "node:net"; import { once } from "node:events";
export async function attack() { const s = net.connect("/mounted/program.sock"); await once(s, "connect"); s.destroy(); }`,
      );
      return outcome(connections > 0, `${connections} connections; inside: ${said(answer)}`);
    },
  },
];
