import { spawnSync } from "node:child_process";
import { existsSync, globSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { isAlive, startOf } from "#sandbox/process-identity.ts";
import { removeDaemonFolder } from "#test/support/docker-engine.ts";

/** Begins the names of the folders in which the engines of the suite live. */
export const engineFolderPrefix: string = path.join(tmpdir(), "tactus-faults-dockerd-");

const ownerFile = "owner";

/** Says which process of the suite an engine's folder belongs to. */
export function claimEngineFolder(folder: string): void {
  writeFileSync(path.join(folder, ownerFile), `${process.pid} ${startOf(process.pid) ?? ""}`);
}

/** Ends the engines of suites that were killed, with all that they ran. */
export async function removeLeftEngines(): Promise<void> {
  for (const folder of globSync(`${engineFolderPrefix}*`)) if (!isOwned(folder)) await removeRemains(folder);
}

function isOwned(folder: string): boolean {
  const file = path.join(folder, ownerFile);
  // It is made before it is claimed.
  if (!existsSync(file)) return true;
  const [pid, start] = readFileSync(file, "utf8").split(" ");
  return isAlive(Number(pid)) && (startOf(Number(pid)) ?? "") === start;
}

/** Ends what is left of the engine in a folder, each process by its number, and removes its groups, mounts and files. */
export async function removeRemains(folder: string): Promise<void> {
  const cgroup = path.basename(folder);
  thaw(cgroup);
  for (let left = processesOf(folder, cgroup); left.length > 0; left = processesOf(folder, cgroup)) {
    for (const pid of left) kill(pid);
    await pause(20);
  }
  removeCgroups(cgroup);
  for (const mount of mountsBelow(folder)) spawnSync("umount", ["-l", mount]);
  await removeDaemonFolder(folder);
}

/** A frozen process does not even take SIGKILL. */
function thaw(cgroup: string): void {
  for (const file of globSync(`/sys/fs/cgroup/freezer/${cgroup}/**/freezer.state`))
    writeFileSync(file, "THAWED");
  for (const file of globSync(`/sys/fs/cgroup/${cgroup}/**/cgroup.freeze`)) writeFileSync(file, "0");
}

/** The engine's own processes name its folder, those of its containers are in its group. */
function processesOf(folder: string, cgroup: string): number[] {
  const named = readdirSync("/proc")
    .map(Number)
    .filter((pid) => pid > 0 && pid !== process.pid && commandOf(pid).includes(`${folder}/`));
  return [...new Set([...named, ...cgroupProcesses(cgroup)])];
}

/** Processes in the containers of an engine, as the kernel counts them. */
export function cgroupProcesses(cgroup: string): number[] {
  return globSync(`/sys/fs/cgroup/{pids/,}${cgroup}/**/cgroup.procs`)
    .flatMap((file) => readFileSync(file, "utf8").split("\n"))
    .filter(Boolean)
    .map(Number);
}

/** Its command line; empty when it has ended in the meantime. */
export function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended in the meantime.
  }
}

/** The innermost first, since a group that holds another can't go. */
function removeCgroups(cgroup: string): void {
  for (const root of globSync(`/sys/fs/cgroup/{*/,}${cgroup}`)) {
    const groups = globSync(`${root}/**/cgroup.procs`).map((file) => path.dirname(file));
    for (const group of groups.sort().reverse()) rmdirSync(group);
  }
}

/** The innermost first, since a mount that holds another can't go. */
function mountsBelow(folder: string): string[] {
  const places = readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "");
  return places
    .filter((place) => place.startsWith(`${folder}/`))
    .sort()
    .reverse();
}
