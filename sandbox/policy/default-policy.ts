import type { SandboxPolicy } from "../isolation.ts";

const mebibyte = 1024 * 1024;

/**
 * What a run may use when nobody says otherwise. The memory holds the Lua budget, the worker's JavaScript heap and
 * Node itself; the time is the original program's default.
 */
export function defaultPolicy(run: string): SandboxPolicy {
  return {
    run,
    program: "main",
    network: "none",
    containerRuntime: "default",
    memoryBytes: 768 * mebibyte,
    cpus: 1,
    processes: 64,
    childProcesses: false,
    timeSeconds: 3600,
    mounts: [],
    environment: {},
    image: undefined,
    python: false,
  };
}
