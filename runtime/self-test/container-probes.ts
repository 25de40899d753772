import { readdirSync, readFileSync } from "node:fs";
import type { ProbeOrder, ProbeResult } from "#protocol/self-test.ts";
import { attempt, attempts } from "./attempts.ts";

/** What a program inside that Node does not hold is held from, and what it sees: the container's own walls. */
export async function containerProbes({ canary }: ProbeOrder, bundle: string): Promise<ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (const one of attempts(canary, bundle)) results.push(await attempt(one));
  return [...results, ...looks.map(look)];
}

/** Something to look at, and how it must look. */
interface Look {
  readonly control: string;
  readonly tried: string;
  /** What is there, for people; undefined or a throw when it can't be seen. */
  readonly see: () => string;
  readonly expected: RegExp;
}

function look({ control, tried, see, expected }: Look): ProbeResult {
  try {
    const found = see();
    return { control, tried, held: expected.test(found), found };
  } catch (error) {
    return {
      control,
      tried,
      held: false,
      found: error instanceof Error ? error.message : "it can't be seen",
    };
  }
}

const noCapability = "0000000000000000";
const harmlessDevices = /^(core|fd|full|mqueue|null|ptmx|pts|random|stderr|stdin|stdout|tty|urandom|zero)$/;
/** What the kernel and the engine put into every container; /etc/hosts and its like can't be written by our user. */
const ofEveryContainer = /^\/(proc|sys|dev)(\/|$)|^\/etc\/(hosts|hostname|resolv\.conf)$/;

const looks: readonly Look[] = [
  {
    control: "capabilities",
    tried: "look for rights beyond those of a user",
    see: () => `${status("CapEff")} ${status("CapBnd")}`,
    expected: new RegExp(`^${noCapability} ${noCapability}$`),
  },
  {
    control: "no new privileges",
    tried: "look for the lock on rights",
    see: () => status("NoNewPrivs"),
    expected: /^1$/,
  },
  { control: "system calls", tried: "look for the filter", see: () => status("Seccomp"), expected: /^2$/ },
  { control: "user", tried: "look who runs", see: () => status("Uid"), expected: /^(65532\s*){4}$/ },
  {
    control: "root file system",
    tried: "look for writable places of disks",
    see: () => writablePlaces().join(", "),
    expected: /^\/tmp, \/workspace$/,
  },
  {
    control: "devices",
    tried: "look for devices of this machine",
    see: () =>
      readdirSync("/dev")
        .filter((name) => !harmlessDevices.test(name))
        .join(", ") || "none",
    expected: /^none$/,
  },
  {
    control: "namespaces",
    tried: "look for processes of this machine",
    see: () => `${readdirSync("/proc").filter((name) => /^\d+$/.test(name)).length} processes`,
    expected: /^[1-5] processes$/,
  },
  {
    control: "namespaces",
    tried: "look for the name of this machine",
    see: () => readFileSync("/proc/sys/kernel/hostname", "utf8").trim(),
    expected: /^sandbox$/,
  },
  {
    control: "network",
    tried: "look for network interfaces",
    see: () => readdirSync("/sys/class/net").join(", ") || "none",
    expected: /^(none|lo)$/,
  },
  {
    control: "open files",
    tried: "look at the kernel's limits",
    see: () => ["Max open files", "Max file size", "Max core file size"].map(limit).join(" "),
    expected: /^256 0 0$/,
  },
];

function status(field: string): string {
  const text = readFileSync("/proc/self/status", "utf8");
  return new RegExp(`^${field}:\\s*(.*)$`, "m").exec(text)?.[1]?.trim() ?? "not there";
}

function limit(name: string): string {
  const text = readFileSync("/proc/self/limits", "utf8");
  return new RegExp(`^${name}\\s+(\\S+)`, "m").exec(text)?.[1] ?? "not there";
}

function writablePlaces(): string[] {
  const mounts = readFileSync("/proc/self/mountinfo", "utf8").trim().split("\n");
  return mounts
    .map((line) => line.split(" "))
    .filter(([, , , , , options]) => options?.split(",").includes("rw"))
    .flatMap(([, , , , place]) => (place === undefined || ofEveryContainer.test(place) ? [] : [place]))
    .sort();
}
