import { existsSync, readFileSync } from "node:fs";

/** What happened to a scripted server, line by line. */
export function journalOf(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
}

/** The processes of its starts. */
export function startedProcesses(file: string): readonly number[] {
  return journalOf(file).flatMap((line) => (line.startsWith("started ") ? [Number(line.slice(8))] : []));
}

/** A killed process whose parent did not look yet is a zombie, and gone for our purposes. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    return status.charAt(status.lastIndexOf(")") + 2) !== "Z";
  } catch {
    return false;
  }
}
