import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect, createServer, type NetConnectOpts } from "node:net";
import type { ProbeOrder, ProbeResult } from "#protocol/self-test.ts";

/** Something that a sandbox must refuse: it throws when it was refused. */
export interface Attempt {
  readonly control: string;
  readonly tried: string;
  readonly act: () => unknown;
}

/** What nobody inside may do, whoever stops it. */
export function attempts({ port, file }: ProbeOrder["canary"], bundle: string): readonly Attempt[] {
  return [
    {
      control: "network",
      tried: "reach a server of this machine",
      act: () => connection({ port, host: "127.0.0.1" }),
    },
    { control: "network", tried: "wait for connections", act: listening },
    { control: "network", tried: "send a datagram", act: datagram },
    {
      control: "mounts",
      tried: "speak with the container engine",
      act: () => connection({ path: "/var/run/docker.sock" }),
    },
    { control: "root file system", tried: "read a file of this machine", act: () => readFileSync(file) },
    { control: "root file system", tried: "write into the root folder", act: () => write("/made") },
    { control: "root file system", tried: "change the runtime", act: () => write(bundle) },
    { control: "temporary files", tried: "make a file in /tmp", act: () => write("/tmp/made") },
    { control: "workspace", tried: "make a file in /workspace", act: () => write("/workspace/made") },
  ];
}

/** Acts, and tells what came of it; an attempt that is not refused was not held. */
export async function attempt({ control, tried, act }: Attempt): Promise<ProbeResult> {
  try {
    await act();
    return { control, tried, held: false, found: "it worked" };
  } catch (error) {
    return { control, tried, held: true, found: codeOf(error) };
  }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "refused";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

async function connection(target: NetConnectOpts): Promise<void> {
  const socket = connect(target);
  try {
    await once(socket, "connect");
  } finally {
    socket.destroy();
  }
}

async function listening(): Promise<void> {
  const server = createServer();
  try {
    server.listen(0);
    await once(server, "listening");
  } finally {
    server.close();
  }
}

async function datagram(): Promise<void> {
  const { createSocket } = await import("node:dgram");
  const socket = createSocket("udp4");
  try {
    const bound = once(socket, "listening");
    socket.bind(0);
    await bound;
  } finally {
    socket.close();
  }
}

function write(file: string): void {
  writeFileSync(file, "written", { flag: "a" });
}
