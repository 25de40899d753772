import type { SandboxProcess } from "./isolation.ts";

/** Seconds that the sandbox has for ending by itself at its time limit, before the host ends it. */
const graceSeconds = 10;

/**
 * Ends a sandbox from outside when its signal aborts or its time is long over, whatever its inside does. A kill that
 * fails here (the engine is gone, say) is repeated by the reaper of the next start.
 */
export function killWhenDue(process: SandboxProcess, timeSeconds: number, signal: AbortSignal): void {
  const kill = () => void process.kill().catch(() => undefined);
  const timer = setTimeout(kill, (timeSeconds + graceSeconds) * 1000);
  timer.unref();
  signal.addEventListener("abort", kill, { once: true });
  void process.exited.then(() => {
    clearTimeout(timer);
    signal.removeEventListener("abort", kill);
  });
}
