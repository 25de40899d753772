import { setTimeout as pause } from "node:timers/promises";
import type Docker from "dockerode";
import { clientOf } from "#test/support/docker-sandbox.ts";
import { type Attack, outcome } from "../../attack.ts";
import {
  memoryLimit,
  noEngineLog,
  noEngineSocket,
  noHostNetwork,
  openFileLimit,
  plainHostName,
  processLimit,
  removedByTheEngine,
} from "../../controls/container-controls.ts";
import { said, type TakenOver, takeOver } from "../../world/take-over.ts";
import type { World } from "../../world/world.ts";

const common = { threat: "T6", places: ["docker"] } satisfies Pick<Attack, "threat" | "places">;
const mebibyte = 1024 * 1024;

interface Stats {
  readonly pids_stats: { readonly current?: number };
  readonly memory_stats: { readonly usage?: number };
}

/** What the engine counts of a container; nothing when it is gone. */
async function countedBy(world: World, { process }: TakenOver): Promise<Stats> {
  const container = clientOf(world.engine).getContainer(process.id);
  const gone: Stats = { pids_stats: {}, memory_stats: {} };
  return container.stats({ stream: false }).catch(() => gone) as Promise<Stats>;
}

function inspected(world: World, { process }: TakenOver): Promise<Docker.ContainerInspectInfo> {
  return clientOf(world.engine).getContainer(process.id).inspect();
}

/** Starts a container with a policy that nobody may have; what the engine says of it, or why there is none. */
async function startedWith(world: World, policy: Parameters<typeof takeOver>[1]) {
  const started = await takeOver(world, policy).catch((refusal: Error) => refusal);
  return started instanceof Error ? started.message : inspected(world, started);
}

/** Whether the engine forgets a container; one that has ended and is still there after so many looks stays. */
async function untilGone(container: Docker.Container): Promise<boolean> {
  for (let ended = 0; ended < 30; ) {
    const found = await container.inspect().catch(() => undefined);
    if (!found) return true;
    if (!found.State.Running) ended += 1;
    await pause(100);
  }
  return false;
}

export const attacks: readonly Attack[] = [
  {
    ...common,
    id: "docker-bomb-of-threads",
    title: "all of Node starts a hundred threads and more",
    success: "the engine counts more than a hundred",
    control: processLimit,
    attempt: async (world) => {
      const inside = await takeOver(world);
      const answer = await inside.run(
        `import { pbkdf2 } from "node:crypto";
export async function attack() {
  process.env.UV_THREADPOOL_SIZE = "120";
  await Promise.all(Array.from({ length: 120 }, () => new Promise((resolve) => pbkdf2("x", "y", 10, 8, "sha1", resolve))));
  return "started";
}`,
      );
      const { current = 0 } = (await countedBy(world, inside)).pids_stats;
      return outcome(current > 100, `${current} threads were counted; inside: ${said(answer)}`);
    },
  },
  {
    ...common,
    id: "docker-memory-beyond-its-limit",
    title: "all of Node fills half as much memory again as the policy gives",
    success: "the engine counts more than that",
    control: memoryLimit,
    attempt: async (world) => {
      const memoryBytes = 192 * mebibyte;
      const inside = await takeOver(world, { memoryBytes });
      const answer = await inside.run(
        `const kept = [];
export function attack() { for (let i = 0; i < 30; i++) kept.push(Buffer.alloc(10 * 1024 * 1024, i + 1)); return kept.length; }`,
      );
      const { usage = 0 } = (await countedBy(world, inside)).memory_stats;
      const seen = `${Math.round(usage / mebibyte)} MiB were counted; inside: ${said(answer)}`;
      return outcome(usage > memoryBytes + 64 * mebibyte, seen);
    },
  },
  {
    ...common,
    id: "docker-a-thousand-open-files",
    title: "all of Node opens a thousand files",
    success: "it has them open at one time",
    control: openFileLimit,
    attempt: async (world) => {
      const inside = await takeOver(world);
      const answer = await inside.run(
        `import fs from "node:fs";
export const attack = ({ file }) => Array.from({ length: 1000 }, () => fs.openSync(file)).length;`,
        { file: "/runtime/main.mjs" },
      );
      return outcome(answer?.result === 1000, `inside: ${said(answer)}`);
    },
  },
  {
    ...common,
    id: "docker-left-after-its-end",
    threat: "T21",
    title: "a container ends, and may stay on the disk of the machine",
    success: "the engine still has it",
    control: removedByTheEngine,
    attempt: async (world) => {
      const inside = await takeOver(world);
      const container = clientOf(world.engine).getContainer(inside.process.id);
      world.atTheEnd(() => container.remove({ force: true }).catch(() => undefined));
      inside.process.input.end();
      const isGone = await untilGone(container);
      return outcome(!isGone, `the engine has ${isGone ? "nothing of it" : "it still"}`);
    },
  },
  {
    ...common,
    id: "docker-output-to-the-host-disk",
    threat: "T19",
    title: "all of Node writes output that the engine may keep on the host's disk",
    success: "the engine keeps it",
    control: noEngineLog,
    attempt: async (world) => {
      const inside = await takeOver(world);
      await inside.run('export const attack = () => "x".repeat(1000);');
      const { LogPath } = await inspected(world, inside);
      return outcome(
        LogPath !== "",
        LogPath === "" ? "the engine keeps nothing" : "the engine has a file of it",
      );
    },
  },
  {
    ...common,
    id: "docker-name-of-the-container",
    title: "all of Node asks for the name of its machine, which may be a handle of the engine's",
    success: "it is the container's id",
    control: plainHostName,
    attempt: async (world) => {
      const inside = await takeOver(world);
      const answer = await inside.run('import os from "node:os"; export const attack = () => os.hostname();');
      const name = String(answer?.result ?? "");
      const isHandle = name.length >= 12 && inside.process.id.startsWith(name);
      return outcome(isHandle, `its name is ${isHandle ? "the container's id" : said(answer)}`);
    },
  },
  {
    ...common,
    id: "docker-network-of-the-host",
    threat: "T12",
    title: "a policy, however trusted its config, asks for the network of the host",
    success: "the engine has a container in it",
    control: noHostNetwork,
    attempt: async (world) => {
      const started = await startedWith(world, { network: "host" });
      if (typeof started === "string") return outcome(false, started);
      const mode = started.HostConfig.NetworkMode;
      return outcome(mode === "host", `the network is ${mode}`);
    },
  },
  {
    ...common,
    id: "docker-socket-of-the-engine",
    threat: "T12",
    title: "a policy, however trusted its config, mounts the socket of the engine",
    success: "the engine has a container with it",
    control: noEngineSocket,
    attempt: async (world) => {
      const mount = { hostPath: world.engine.socket, containerPath: "/engine.sock", writable: true };
      const started = await startedWith(world, { mounts: [mount] });
      if (typeof started === "string")
        return outcome(false, started.replace(world.engine.socket, "the socket"));
      return outcome(started.Mounts.length > 0, `${started.Mounts.length} mounts`);
    },
  },
];
