import { describe, expect, test } from "vitest";
import type { ControlFact } from "../isolation.ts";
import { engineControls } from "./engine-controls.ts";
import type { EngineInfo } from "./engine-info.ts";

/** What engines of each kind say of themselves. */
const usual: EngineInfo = {
  ServerVersion: "28.3.0",
  SecurityOptions: ["name=apparmor", "name=seccomp,profile=builtin", "name=cgroupns"],
  MemoryLimit: true,
  SwapLimit: true,
  CpuCfsQuota: true,
  PidsLimit: true,
  InitBinary: "docker-init",
  CgroupVersion: "2",
  Runtimes: { runc: {}, "io.containerd.runc.v2": {} },
};
const rootless: EngineInfo = { ...usual, SecurityOptions: ["name=seccomp,profile=builtin", "name=rootless"] };

function statusOf(info: EngineInfo, control: string): ControlFact["status"] | undefined {
  return engineControls(info).find((fact) => fact.control === control)?.status;
}

describe.each([
  ["a usual one", usual, { apparmor: "on", selinux: "unavailable", memory: "on", rootless: "unavailable" }],
  ["one with userns-remap", { ...usual, SecurityOptions: ["name=userns"] }, { "user namespace": "on" }],
  ["one without seccomp", { ...usual, SecurityOptions: null }, { "system calls": "unavailable" }],
  ["a rootless one", rootless, { rootless: "on", "user namespace": "on", memory: "on" }],
  [
    "a rootless one whose limits are ignored",
    { ...rootless, CgroupVersion: "1" },
    { memory: "unavailable", processes: "unavailable", processors: "unavailable", swap: "unavailable" },
  ],
  ["one with gVisor", { ...usual, Runtimes: { runc: {}, runsc: {} } }, { "second kernel": "off" }],
  ["one without gVisor", usual, { "second kernel": "unavailable" }],
  ["one that says nothing", {}, { memory: "unavailable", init: "unavailable", capabilities: "on" }],
] as const)("of an engine, %s,", (_name, info, expected) => {
  test.each(Object.entries(expected))("%s is %s", (control, status) => {
    expect(statusOf(info, control)).toBe(status);
  });
});

test("each control is told once, with a sentence that says what its state means", () => {
  for (const info of [usual, {}, rootless]) {
    const facts = engineControls(info);
    expect(new Set(facts.map(({ control }) => control)).size).toBe(facts.length);
    for (const { meaning } of facts) expect(meaning).toMatch(/^[A-Z/g].{20,}\.$/);
  }
  const absent = engineControls({}).filter(({ status }) => status !== "on");
  for (const { control, meaning } of absent) {
    expect(
      engineControls(usual).find((fact) => fact.control === control && fact.status === "on")?.meaning,
    ).not.toBe(meaning);
  }
});
