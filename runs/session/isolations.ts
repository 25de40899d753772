import type { Isolation, IsolationName } from "#sandbox/isolation.ts";
import { openIsolation } from "#sandbox/open-isolation.ts";
import { type SandboxReport, sandboxReport } from "#sandbox/sandbox-report.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";

export type { SandboxReport, SandboxSetup };

/** The isolation of a name, for front ends that see runs only. Only that one's code is loaded. */
export function createIsolation(name: IsolationName, setup: SandboxSetup): Promise<Isolation> {
  return openIsolation(name, setup);
}

/** What this machine can give, for each isolation: the doctor of front ends that see runs only. */
export function reportIsolations(setup: SandboxSetup): Promise<SandboxReport> {
  return sandboxReport(setup);
}
