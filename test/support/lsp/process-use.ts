import { readFileSync } from "node:fs";

/** Megabytes that a process has had in memory at most. Linux only. */
export function peakMegabytes(pid: number): number {
  const [, kilobytes = "0"] = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

/** Milliseconds of processor time that a process has used, in steps of ten. Linux only. */
export function processorMilliseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
