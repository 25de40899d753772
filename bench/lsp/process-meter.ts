import { readFileSync } from "node:fs";

/** How often memory is looked at, in milliseconds. */
const intervalMs = 100;

/** Kernel ticks in a second: 100 on every Linux of today. */
const ticksPerSecond = 100;

/** Memory and processor time of a process and all its children. Linux only: elsewhere everything is zero. */
export class ProcessMeter {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout;
  #peakBytes = 0;

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.residentBytes(), intervalMs);
  }

  get peakBytes(): number {
    return this.#peakBytes;
  }

  residentBytes(): number {
    const bytes = sum(tree(this.#pid), (pid) => {
      const kilobytes = /VmRSS:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1];
      return Number(kilobytes ?? 0) * 1024;
    });
    this.#peakBytes = Math.max(this.#peakBytes, bytes);
    return bytes;
  }

  cpuSeconds(): number {
    return sum(tree(this.#pid), (pid) => {
      const stat = read(`/proc/${pid}/stat`);
      // The name in parentheses may hold blanks; user and system time are fields 14 and 15.
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / ticksPerSecond;
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function tree(root: number): number[] {
  const all = [root];
  for (const pid of all)
    all.push(...read(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number));
  return all;
}

/** A file of /proc, empty when its process is gone meanwhile. */
function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // The process ended between two looks: it has no memory any more.
    return "";
  }
}

function sum(pids: readonly number[], value: (pid: number) => number): number {
  return pids.reduce((total, pid) => total + value(pid), 0);
}
