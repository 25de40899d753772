import { readFileSync } from "node:fs";
import { errorCode } from "#common/error-text.ts";

/** Whether a process of this number exists, whoever it belongs to. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return errorCode(error) === "EPERM";
  }
}

/** Start time of a process (boot and clock ticks), so that a reused number is noticed; undefined where it can't be known. */
export function startOf(pid: number): string | undefined {
  const status = textOr(`/proc/${pid}/stat`);
  if (status === "") return undefined;
  // Fields are counted after the name, which is in parentheses and may hold spaces: the start is field 22, see proc(5).
  const ticks = status.slice(status.lastIndexOf(")") + 2).split(" ")[19];
  const boot = textOr("/proc/sys/kernel/random/boot_id").slice(0, 8);
  return `${boot}-${ticks}`;
}

function textOr(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    // Not Linux, or the process is gone.
    return "";
  }
}
