import type { Isolation, IsolationName } from "#sandbox/isolation.ts";
import { openIsolation } from "#sandbox/open-isolation.ts";
import type { SandboxSetup } from "#sandbox/setup.ts";

export type { SandboxSetup };

/** The isolation of a name, for front ends that see runs only. Only that one's code is loaded. */
export function createIsolation(name: IsolationName, setup: SandboxSetup): Promise<Isolation> {
  return openIsolation(name, setup);
}
