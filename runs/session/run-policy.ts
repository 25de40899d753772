import type { ResolvedConfig } from "#language/sidecar/resolved-config.ts";
import { isProgramInside } from "#runs/session/mcp-servers.ts";
import type { IsolationName, Mount, SandboxPolicy } from "#sandbox/isolation.ts";

/** Processes and threads that the runtime needs, and what each program that it starts adds (Node makes a dozen). */
const processes = { runtime: 64, program: 32 };

/** What the sandbox of a run may use, as the config says. */
export function runPolicy(demand: {
  readonly config: ResolvedConfig;
  readonly isolation: IsolationName;
  readonly timeSeconds: number;
  readonly mounts: readonly Mount[];
  /** Whether there are Python plugins. */
  readonly python: boolean;
}): Omit<SandboxPolicy, "run"> {
  const { config, isolation, timeSeconds, mounts } = demand;
  const { network, memoryBytes, cpus, environment, image, containerRuntime } = config.sandbox;
  const python = isolation === "docker" && demand.python;
  const programs = isolation === "docker" ? programsInside(config) + (python ? 1 : 0) : 0;
  return {
    program: "main",
    network,
    containerRuntime: isolation === "docker" ? containerRuntime : "default",
    memoryBytes,
    cpus,
    processes: processes.runtime + programs * processes.program,
    childProcesses: programs > 0,
    timeSeconds,
    mounts,
    environment,
    image,
    python,
  };
}

/** How many programs the runtime starts beside itself. */
function programsInside({ mcpServers }: ResolvedConfig): number {
  return Object.values(mcpServers).filter(isProgramInside).length;
}
