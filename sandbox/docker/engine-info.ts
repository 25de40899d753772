import type Docker from "dockerode";
import { withTimeout } from "./engine-timeout.ts";

/** The parts of the engine's self-description that are read; their names are the engine's. */
export interface EngineInfo {
  readonly ServerVersion?: string;
  readonly OperatingSystem?: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly MemoryLimit?: boolean;
  readonly SwapLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
  readonly PidsLimit?: boolean;
  readonly InitBinary?: string;
  readonly CgroupDriver?: string;
  readonly CgroupVersion?: string;
  readonly Runtimes?: Readonly<Record<string, unknown>>;
}

const infoMilliseconds = 10_000;

/** Asks the engine what it is. */
export function engineInfo(client: Docker): Promise<EngineInfo> {
  return withTimeout(client.info(), { milliseconds: infoMilliseconds });
}
