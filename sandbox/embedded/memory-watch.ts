import { readFileSync } from "node:fs";

/** How often the memory is looked at, in milliseconds: a run can outgrow its limit for this long. */
const intervalMilliseconds = 100;
const pageBytes = 4096;

/**
 * Calls back once when a process holds more memory than it may. Linux only: elsewhere it watches nothing. Returns the
 * end of the watch.
 */
export function watchMemory(pid: number, limitBytes: number, onExceeded: () => void): () => void {
  const timer = setInterval(() => {
    if (residentBytes(pid) <= limitBytes) return;
    clearInterval(timer);
    onExceeded();
  }, intervalMilliseconds);
  timer.unref();
  return () => clearInterval(timer);
}

/** Memory of a process that is really there (the second field of /proc/PID/statm, see proc(5)); 0 when unknown. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]) * pageBytes;
  } catch {
    // The process is gone, or this is not Linux.
    return 0;
  }
}
