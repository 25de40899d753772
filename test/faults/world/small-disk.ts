import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** A disk of its own at a folder, so small that it gets full. */
export interface SmallDisk {
  /** Makes room. */
  grow(): void;
  [Symbol.dispose](): void;
}

/** Mounts a disk in memory with these limits (as tmpfs takes them). Takes root on Linux. */
export function smallDisk(folder: string, limits: string): SmallDisk {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", limits, "tmpfs", folder]);
  return {
    grow: () => void execFileSync("mount", ["-o", "remount,size=1g,nr_inodes=10k", folder]),
    [Symbol.dispose]: () => void execFileSync("umount", ["-l", folder]),
  };
}

/** Why no disk can be made here; undefined where it can. */
export const diskMissing: string | undefined =
  process.getuid?.() === 0 && process.platform === "linux"
    ? undefined
    : "mounting a disk takes root on Linux";
