import { expect, test } from "vitest";
import { type SeccompOpenings, seccompProfile } from "./seccomp-profile.ts";

interface Rule {
  readonly names: readonly string[];
  readonly action: string;
  readonly args?: readonly unknown[];
  readonly errnoRet?: number;
}

function rulesFor(name: string, given: Partial<SeccompOpenings> = {}): Rule[] {
  const options = { network: false, childProcesses: false, files: false, ...given };
  const profile: { syscalls: Rule[] } = JSON.parse(seccompProfile(options));
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
  const families = rulesFor("socket", { network: true }).flatMap(({ args }) => args);
  expect(families).toEqual([1, 2, 10].map((value) => ({ index: 0, value, op: "SCMP_CMP_EQ" })));
  expect(rulesFor("connect", { network: true })).toHaveLength(1);
});

test("programs inside are joined by pairs of local sockets; no socket with an address is to be had", () => {
  expect(rulesFor("socketpair", { childProcesses: true })).toEqual([
    { names: ["socketpair"], action: "SCMP_ACT_ALLOW", args: [{ index: 0, value: 1, op: "SCMP_CMP_EQ" }] },
  ]);
  const reaching = ["socket", "bind", "connect", "listen", "accept4", "sendto", "sendmsg", "recvmsg"];
  expect(reaching.flatMap((name) => rulesFor(name, { childProcesses: true }))).toEqual([]);
});

test.for(["chmod", "creat", "link", "mknod", "open", "openat2", "symlink"])(
  "%s is not allowed to plugins either, which may make files",
  (name) => {
    expect(rulesFor(name, { childProcesses: true, files: true })).toEqual([]);
    expect(rulesFor("openat", { files: true })).toHaveLength(1);
  },
);
