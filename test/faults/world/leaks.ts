import { existsSync, readdirSync, readlinkSync } from "node:fs";
import path from "node:path";
import { studioCommand } from "#test/contract/studio.ts";
import { cgroupProcesses, commandOf } from "./engine-remains.ts";
import type { OwnEngine } from "./own-engine.ts";

/** What a run could leave behind, by kind: names, so that a difference says what it is. */
export type Inventory = Readonly<Record<LeakKind, readonly string[]>>;

const kinds = ["containers", "networks", "volumes", "images", "files", "processes"] as const;
type LeakKind = (typeof kinds)[number];

/** Where embedded sandboxes have their working folder. */
const runtimeFolder = path.resolve(path.dirname(studioCommand), "../dist/runtime");

/** Counts what there is, from outside: the engine's own lists, the kernel's process table, the folders. */
export async function inventory(
  engine: OwnEngine | undefined,
  folders: readonly string[],
): Promise<Inventory> {
  return {
    ...(await inEngine(engine)),
    files: folders.flatMap(leftFiles),
    processes: [...processesOf(folders), ...(engine ? containerProcesses(engine) : [])],
  };
}

/** What is there and was not before. */
export function leaksSince(before: Inventory, after: Inventory): string[] {
  return kinds.flatMap((kind) =>
    after[kind].filter((name) => !before[kind].includes(name)).map((name) => `${kind}: ${name}`),
  );
}

async function inEngine(engine: OwnEngine | undefined): Promise<Omit<Inventory, "files" | "processes">> {
  if (!engine) return { containers: [], networks: [], volumes: [], images: [] };
  const [containers, networks, volumes, images] = await Promise.all([
    engine.client.listContainers({ all: true }),
    engine.client.listNetworks(),
    engine.client.listVolumes(),
    engine.client.listImages({ all: true }),
  ]);
  return {
    containers: containers.map(({ Id, State }) => `${Id.slice(0, 12)} ${State}`),
    networks: networks.map(({ Id }) => Id),
    volumes: volumes.Volumes.map(({ Name }) => Name),
    // Our own image is to stay; one without a name is what a second import, or one that broke off, leaves.
    images: images.filter(({ RepoTags }) => (RepoTags ?? []).length === 0).map(({ Id }) => Id),
  };
}

/** Files that belong to a moment only: claims, drafts, halves, and all that lies in the folder for temporary files. */
function leftFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return entries.filter(
    (name) =>
      /(^|\/)owner\.\d+$|\.draft$|\.new$|\.partial$|\.pruned$/.test(name) ||
      name.startsWith(`temporary${path.sep}`),
  );
}

/** Processes of the command and of embedded sandboxes: those whose working folder is one of ours. */
function processesOf(folders: readonly string[]): string[] {
  const ours = [runtimeFolder, ...folders];
  return processIds().flatMap((pid) => {
    const folder = readOr(() => readlinkSync(`/proc/${pid}/cwd`));
    const within = ours.some((own) => folder === own || folder.startsWith(`${own}/`));
    return within ? [described(pid)] : [];
  });
}

/** Processes in containers and those that watch over them, whether the engine knows of them or not. */
function containerProcesses({ cgroup, folder }: OwnEngine): string[] {
  const watchers = processIds().filter(
    (pid) => commandOf(pid).includes(`containerd-shim`) && commandOf(pid).includes(folder),
  );
  return [...watchers, ...cgroupProcesses(path.basename(cgroup))].map(described);
}

function processIds(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

function described(pid: number): string {
  return `${pid} ${commandOf(pid).slice(0, 60)}`;
}

function readOr(read: () => string): string {
  try {
    return read();
  } catch {
    // It has ended in the meantime.
    return "";
  }
}
