import { errorText } from "#common/error-text.ts";
import { fail, ok, type Result } from "#common/result.ts";
import type { ControlFact, IsolationFacts, IsolationUnavailable } from "../isolation.ts";
import { type Engine, engineUnreachable } from "./open-engine.ts";

/** The parts of the engine's self-description that are read; their names are the engine's. */
interface EngineInfo {
  readonly ServerVersion?: string;
  readonly OperatingSystem?: string;
  readonly SecurityOptions?: readonly string[] | null;
  readonly MemoryLimit?: boolean;
  readonly SwapLimit?: boolean;
  readonly CpuCfsQuota?: boolean;
  readonly PidsLimit?: boolean;
  readonly InitBinary?: string;
  readonly CgroupVersion?: string;
  readonly Runtimes?: Readonly<Record<string, unknown>>;
}

/** What this engine gives, control by control. */
export async function engineFacts({
  client,
  address,
}: Engine): Promise<Result<IsolationFacts, IsolationUnavailable>> {
  try {
    const info: EngineInfo = await client.info();
    return ok({
      description: `Docker engine ${info.ServerVersion ?? "of unknown version"} on ${info.OperatingSystem ?? "an unknown system"} at ${address.url} (${address.origin})`,
      controls: [...alwaysOn, ...dependentControls(info)],
    });
  } catch (error) {
    return fail(engineUnreachable([`${address.url} (${address.origin}): ${errorText(error)}`]));
  }
}

/** Controls that every engine has; each run reads them back and does not start without them. */
const alwaysOn: readonly ControlFact[] = [
  on("network", "No network inside; models and tools are reached through the broker only."),
  on("capabilities", "All capabilities dropped, no new privileges, user 65532."),
  on(
    "file system",
    "Read-only root; /tmp and /workspace are empty, in memory, not executable; no file can be created (by plugins and servers: in /tmp).",
  ),
  on("workspace", "Not mounted: file access goes over the wire under one path policy."),
  on("environment", "Empty but for what trusted config sets."),
  on("orphans", "Removed by the engine at their end, and by the next start when this program died."),
  on("output", "Not kept by the engine (no log driver)."),
];

function dependentControls(info: EngineInfo): ControlFact[] {
  const options = (info.SecurityOptions ?? []).map((option) => option.replace(/^name=/, "").split(",")[0]);
  const has = (name: string) => options.includes(name);
  return [
    fact(
      "system calls",
      has("seccomp"),
      "Own allow-list of system calls: no sockets, no new files, no namespaces.",
    ),
    fact("memory", info.MemoryLimit === true, "Memory limit of the container; beyond it the run is ended."),
    fact("swap", info.SwapLimit === true, "Swap counts towards the memory limit."),
    fact("processors", info.CpuCfsQuota === true, "Share of the processors limited."),
    fact("processes", info.PidsLimit === true, "Number of processes and threads limited."),
    fact("init", info.InitBinary !== undefined && info.InitBinary !== "", "An init process reaps children."),
    fact("apparmor", has("apparmor"), "The engine's AppArmor profile on top."),
    fact("selinux", has("selinux"), "SELinux labels on top."),
    fact(
      "rootless",
      has("rootless"),
      "The engine itself has no root rights: an escape lands in an ordinary account.",
    ),
    fact("user namespace", has("userns"), "Users of the container are other users on the host."),
    fact(
      "second kernel",
      info.Runtimes?.["runsc"] !== undefined,
      "gVisor (runsc) is installed; runs use the default runtime.",
    ),
  ];
}

function on(control: string, meaning: string): ControlFact {
  return { control, status: "on", meaning };
}

function fact(control: string, present: boolean, meaning: string): ControlFact {
  return { control, status: present ? "on" : "unavailable", meaning };
}
