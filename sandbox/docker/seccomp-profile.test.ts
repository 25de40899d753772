import { expect, test } from "vitest";
import { seccompProfile } from "./seccomp-profile.ts";

interface Rule {
  readonly names: readonly string[];
  readonly action: string;
  readonly args?: readonly unknown[];
  readonly errnoRet?: number;
}

function rulesFor(name: string, network = false): Rule[] {
  const profile: { syscalls: Rule[] } = JSON.parse(seccompProfile({ network }));
  return profile.syscalls.filter(({ names }) => names.includes(name));
}

test.for([
  "bind",
  "bpf",
  "chmod",
  "connect",
  "creat",
  "io_uring_setup",
  "keyctl",
  "memfd_create",
  "mkdir",
  "mount",
  "open",
  "openat2",
  "perf_event_open",
  "process_vm_readv",
  "ptrace",
  "rename",
  "setns",
  "socket",
  "socketpair",
  "symlink",
  "unlink",
  "unshare",
  "userfaultfd",
])("%s is not allowed", (name) => {
  expect(rulesFor(name)).toEqual([]);
});

test.for(["clone", "openat", "ioctl"])("%s is allowed only with harmless arguments", (name) => {
  const rules = rulesFor(name);
  expect(rules.length).toBeGreaterThan(0);
  expect(rules.every(({ args }) => args?.length === 1)).toBe(true);
});

test("clone3 is as if the kernel did not have it, so that the C library uses clone", () => {
  expect(rulesFor("clone3")).toEqual([{ names: ["clone3"], action: "SCMP_ACT_ERRNO", errnoRet: 38 }]);
});

test("a network from trusted config opens internet sockets, and no others", () => {
  const families = rulesFor("socket", true).flatMap(({ args }) => args);
  expect(families).toEqual([1, 2, 10].map((value) => ({ index: 0, value, op: "SCMP_CMP_EQ" })));
  expect(rulesFor("connect", true)).toHaveLength(1);
});
