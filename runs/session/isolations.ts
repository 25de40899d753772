import { safeDefaults } from "#language/sidecar/resolved-config.ts";
import { runPolicy } from "#runs/session/run-policy.ts";
import type { Isolation, IsolationName } from "#sandbox/isolation.ts";
import { openIsolation } from "#sandbox/open-isolation.ts";
import type { PoolOptions, SandboxPool } from "#sandbox/pool/sandbox-pool.ts";
import { type SandboxReport, sandboxReport } from "#sandbox/sandbox-report.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";

export type { Isolation, SandboxPool, SandboxReport, SandboxSetup };

/** The isolation of a name, for front ends that see runs only. Only that one's code is loaded. */
export function createIsolation(name: IsolationName, setup: SandboxSetup): Promise<Isolation> {
  return openIsolation(name, setup);
}

/** How many sandboxes may wait, and how long. */
export type PoolSize = Pick<PoolOptions, "size" | "idleSeconds">;

/**
 * The container isolation with sandboxes that wait for their runs: for what starts one run after the other and lives
 * longer than they. Those that wait before any run are for runs that no config says anything of.
 */
export async function createPool(setup: SandboxSetup, size: PoolSize): Promise<SandboxPool> {
  const [{ DockerIsolation }, { SandboxPool }] = await Promise.all([
    import("#sandbox/docker/docker-isolation.ts"),
    import("#sandbox/pool/sandbox-pool.ts"),
  ]);
  const config = safeDefaults;
  const { timeSeconds } = config.sandbox;
  const usual = runPolicy({ config, isolation: "docker", timeSeconds, mounts: [], python: false });
  return new SandboxPool(new DockerIsolation(setup), { ...size, usual: { ...usual, run: "" } });
}

/** What this machine can give, for each isolation: the doctor of front ends that see runs only. */
export function reportIsolations(setup: SandboxSetup): Promise<SandboxReport> {
  return sandboxReport(setup);
}
