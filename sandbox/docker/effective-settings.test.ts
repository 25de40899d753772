import type Docker from "dockerode";
import { expect, test } from "vitest";
import { defaultPolicy } from "../policy/default-policy.ts";
import { containerOptions } from "./container-options.ts";
import { settingDifferences } from "./effective-settings.ts";

const demanded = containerOptions(defaultPolicy("settings"), "image:tag");

type Inspected = Docker.ContainerInspectInfo;

/** What an engine reports that applied everything, with its own spellings of "nothing". */
function applied(changes: { config?: object; host?: object; mounts?: object[] } = {}): Inspected {
  const { HostConfig, ...config } = demanded;
  return {
    Config: { ...config, Env: ["PATH=/usr/bin"], Volumes: null, ...changes.config },
    HostConfig: {
      ...HostConfig,
      CapAdd: null,
      Devices: [],
      Binds: null,
      PortBindings: {},
      OomKillDisable: null,
      MaskedPaths: ["/proc/kcore", "/proc/keys", "/proc/timer_list", "/sys/firmware", "/proc/acpi"],
      ReadonlyPaths: ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"],
      ...changes.host,
    },
    Mounts: changes.mounts ?? [],
  } as unknown as Inspected;
}

const differing = (effective: Inspected) =>
  settingDifferences(demanded, effective).map(({ setting }) => setting);

test("an engine that applied everything has no differences", () => {
  expect(differing(applied())).toEqual([]);
});

test("every demanded host setting that an engine drops is noticed, but for swappiness", () => {
  const host = Object.entries(demanded.HostConfig ?? {});
  const meaningful = host.filter(([name, value]) => !isNothing(value) && name !== "Mounts");
  for (const [name] of meaningful) {
    const expected = name === "MemorySwappiness" ? [] : [name];
    expect(differing(applied({ host: { [name]: null } })), name).toEqual(expected);
  }
  expect(meaningful.length).toBeGreaterThan(15);
});

function isNothing(value: unknown): boolean {
  return value === "" || value === false || value === 0 || (Array.isArray(value) && value.length === 0);
}

test.for<[string, Parameters<typeof applied>[0]]>([
  ["Privileged", { host: { Privileged: true } }],
  ["CapAdd", { host: { CapAdd: ["SYS_ADMIN"] } }],
  ["Devices", { host: { Devices: [{}] } }],
  ["Binds", { host: { Binds: ["/:/host"] } }],
  ["PidMode", { host: { PidMode: "host" } }],
  ["Memory", { host: { Memory: 1 } }],
  ["SecurityOpt", { host: { SecurityOpt: ["no-new-privileges", "seccomp=unconfined"] } }],
  ["MemorySwappiness", { host: { MemorySwappiness: 60 } }],
  ["MaskedPaths", { host: { MaskedPaths: [] } }],
  ["ReadonlyPaths", { host: { ReadonlyPaths: null } }],
  ["User", { config: { User: "" } }],
  ["Cmd", { config: { Cmd: ["-e", "1"] } }],
  ["Env", { config: { Env: ["SECRET=1"] } }],
  ["Volumes", { config: { Volumes: { "/data": {} } } }],
  ["Labels.dev.tactus-studio.run", { config: { Labels: {} } }],
  ["Mounts", { mounts: [{ Type: "volume", Destination: "/data", Source: "/x", RW: true }] }],
])("a different %s is noticed", ([setting, changes]) => {
  expect(differing(applied(changes))).toContain(setting);
});

test("values of variables are not repeated in the failure", () => {
  const differences = settingDifferences(demanded, applied({ config: { Env: ["KEY=CANARY"] } }));
  expect(JSON.stringify(differences)).not.toContain("CANARY");
});
