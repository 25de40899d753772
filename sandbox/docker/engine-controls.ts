import type { ControlFact } from "../isolation.ts";
import type { EngineInfo } from "./engine-info.ts";

/** Every control of docs/security.md with what it means here: that it is there, or what its absence opens. */
export function engineControls(info: EngineInfo): readonly ControlFact[] {
  return [...alwaysOn, ...limits(info), ...ofTheSystem(info)];
}

/** Controls that every engine has; each run reads them back and does not start without them. */
const alwaysOn: readonly ControlFact[] = [
  on("network", "No network inside; models and tools are reached through the broker only."),
  on("capabilities", "All dropped: no mounting, no raw sockets, no changing of owners, as no user."),
  on("no new privileges", "No program can gain rights by a set-user-id bit or file capabilities."),
  on("user", "User and group 65532, never root."),
  on("namespaces", "Own processes, names, messages, mounts and control groups; never those of the machine."),
  on("devices", "None of the machine's, and none can be asked for by any config."),
  on("root file system", "Read-only, with nothing set-user-id, no shell and no package manager in it."),
  on(
    "temporary files",
    "/tmp and /workspace are in memory, 64 MiB, not executable; no file can be created (by plugins and servers: in /tmp).",
  ),
  on("kernel files", "/proc/kcore, keys, timers and firmware are hidden, /proc/sys and the like read-only."),
  on("workspace", "Not mounted: file access goes over the wire under one path policy."),
  on(
    "mounts",
    "Only folders of your own config, read-only unless it says otherwise; never the engine's socket, system folders, a home, or folders of keys, whatever any config says.",
  ),
  on("environment", "Empty but for what trusted config sets."),
  on("image", "Made here and named by the hash of its content, or the one of your own config."),
  on("time", "Ended by the supervisor inside, by the session outside, and by anyone after its deadline."),
  on("open files", "At most 256; no core dumps; files of no size (by plugins: 64 MiB)."),
  on("output", "Not kept by the engine (no log driver)."),
  on("orphans", "Removed by the engine at their end, and by the next start when this program died."),
  on(
    "read back",
    "After creation each setting is compared with the demanded one; a difference runs nothing.",
  ),
];

function limits(info: EngineInfo): ControlFact[] {
  const ignored = isRootless(info) && info.CgroupVersion === "1";
  const given = (present: boolean | undefined) => present === true && !ignored;
  return [
    fact("memory", given(info.MemoryLimit), {
      there: "Memory of the container is limited; beyond it the run is ended.",
      absent: "A run may take all memory of the machine but for the limits of Lua and of Node's heap.",
    }),
    fact("swap", given(info.SwapLimit), {
      there: "Swap counts towards the memory limit.",
      absent: "A run may take its memory limit once more in swap, where the machine has swap.",
    }),
    fact("processors", given(info.CpuCfsQuota), {
      there: "The share of the processors is limited.",
      absent: "A busy run slows the machine down until its time limit.",
    }),
    fact("processes", given(info.PidsLimit), {
      there: "The number of processes and threads is limited.",
      absent: "A program inside may start as many processes as the machine allows.",
    }),
    fact("init", info.InitBinary !== undefined && info.InitBinary !== "", {
      there: "An init process passes signals on and collects what ended.",
      absent: "Programs that end inside are left as dead entries until the run ends.",
    }),
  ];
}

function ofTheSystem(info: EngineInfo): ControlFact[] {
  const options = securityOptions(info);
  return [
    fact("system calls", options.has("seccomp"), {
      there:
        "Own allow-list, made from what runs were seen to call: no sockets, no new files, no namespaces, and less than the engine's default.",
      absent: "The whole kernel can be called: a hole in it is easier to reach. Runs are refused or weaker.",
    }),
    fact("apparmor", options.has("apparmor"), {
      there: "The engine's AppArmor profile on top.",
      absent: "The kernel or the engine has no AppArmor; the other walls hold without it.",
    }),
    fact("selinux", options.has("selinux"), {
      there: "SELinux labels on top.",
      absent: "The kernel or the engine has no SELinux; the other walls hold without it.",
    }),
    fact("rootless", isRootless(info), {
      there: "The engine itself has no root rights: an escape lands in an ordinary account.",
      absent: "The engine runs as root: an escape from the container would be root on its machine.",
    }),
    fact("user namespace", options.has("userns") || isRootless(info), {
      there: "Users of the container are other, powerless users on the host.",
      absent: "User 65532 of the container is user 65532 of the machine, an account that nobody uses.",
    }),
    secondKernel(info),
  ];
}

function secondKernel({ Runtimes }: EngineInfo): ControlFact {
  const control = "second kernel";
  return Runtimes?.["runsc"] === undefined
    ? {
        control,
        status: "unavailable",
        meaning: "gVisor (runsc) is not registered with this engine: system calls meet the machine's kernel.",
      }
    : {
        control,
        status: "off",
        meaning:
          "gVisor (runsc) is there and used by runs whose config says `sandbox.container_runtime: runsc`; the others meet the machine's kernel.",
      };
}

function isRootless(info: EngineInfo): boolean {
  return securityOptions(info).has("rootless");
}

/** As engines list them: `name=seccomp,profile=default`. */
function securityOptions({ SecurityOptions }: EngineInfo): Set<string | undefined> {
  return new Set((SecurityOptions ?? []).map((option) => option.replace(/^name=/, "").split(",")[0]));
}

function on(control: string, meaning: string): ControlFact {
  return { control, status: "on", meaning };
}

function fact(
  control: string,
  present: boolean,
  { there, absent }: { readonly there: string; readonly absent: string },
): ControlFact {
  return present ? on(control, there) : { control, status: "unavailable", meaning: absent };
}
