import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { SandboxPolicy } from "../isolation.ts";
import { checkPolicy } from "./check-policy.ts";
import { defaultPolicy } from "./default-policy.ts";
import { forbiddenPlaces } from "./forbidden-places.ts";

const folder = mkdtempSync(path.join(tmpdir(), "tactus-policy-"));
const home = path.join(folder, "home");
const sockets = path.join(folder, "engine");

beforeAll(() => {
  for (const name of [
    "home/.ssh",
    "home/.tactus/mcp-servers/inside",
    "other-home/.tactus",
    "home/work",
    "home/.config/google-chrome",
    "home/other/.AWS",
    "engine",
    "data",
  ]) {
    mkdirSync(path.join(folder, name), { recursive: true });
  }
  writeFileSync(path.join(folder, "data", "file.txt"), "");
  symlinkSync(path.join(home, ".ssh"), path.join(folder, "data", "link"));
  execFileSync("mkfifo", [path.join(folder, "data", "pipe")]);
});
afterAll(() => rmSync(folder, { recursive: true }));

const places = () => forbiddenPlaces([path.join(sockets, "docker.sock")], home);
const withMount = (hostPath: string, containerPath = "/data"): SandboxPolicy => ({
  ...defaultPolicy("policy"),
  mounts: [{ hostPath: path.resolve(folder, hostPath), containerPath, writable: false }],
});

/** `granted`, or the code of the refusal. */
function verdict(policy: SandboxPolicy): string {
  const checked = checkPolicy(policy, places());
  return checked.ok ? "granted" : checked.error.code;
}

test.for(["data", "data/file.txt", "home/work"])("the mount of %s is granted", (place) => {
  expect(verdict(withMount(place))).toBe("granted");
});

test.for([
  "/",
  "/etc",
  "/proc/self",
  "/sys",
  "/dev",
  "/run",
  "/var/run",
  "/var",
  "/usr",
  "home",
  "home/.ssh",
  "home/.config",
  "home/.config/google-chrome",
  "home/other/.AWS",
  "engine",
  "data/link",
  "data/pipe",
  "data/nothing",
  ".",
])("the mount of %s is refused", (place) => {
  expect(verdict(withMount(place))).toBe("mount-refused");
});

test("the folder of MCP servers is mounted read-only at its own place; nothing else of its parent is", () => {
  const servers = withMount("home/.tactus/mcp-servers", "/mcp-servers");
  expect(verdict(servers)).toBe("granted");
  const [mount] = servers.mounts;
  if (!mount) throw new Error("no mount");
  expect(verdict({ ...servers, mounts: [{ ...mount, writable: true }] })).toBe("mount-refused");
  expect(verdict({ ...servers, mounts: [{ ...mount, containerPath: "/data" }] })).toBe("mount-refused");
  for (const place of ["home/.tactus", "home/.tactus/mcp-servers/inside", "other-home/.tactus", "home/.ssh"])
    expect(verdict(withMount(place, "/mcp-servers"))).toBe("mount-refused");
});

test("a folder of MCP servers that is a link is judged by what it leads to", () => {
  const otherHome = path.join(folder, "other-home");
  symlinkSync(path.join(home, ".ssh"), path.join(otherHome, ".tactus", "mcp-servers"));
  const policy = withMount("other-home/.tactus/mcp-servers", "/mcp-servers");
  expect(checkPolicy(policy, forbiddenPlaces([], otherHome)).ok).toBe(false);
});

test("a path with `..` or without a root is refused even where it would lead to a harmless place", () => {
  const mount = (hostPath: string) => ({
    ...defaultPolicy("policy"),
    mounts: [{ hostPath, containerPath: "/data", writable: false }],
  });
  expect(verdict(mount(`${folder}/home/../data`))).toBe("mount-refused");
  expect(verdict(mount("data"))).toBe("mount-refused");
});

test.for(["/", "/usr", "/usr/bin", "/workspace", "/tmp/x", "/etc", "data", "/a/../etc", "/data\n", "/a:b"])(
  "a mount at %j in the container is refused",
  (place) => {
    expect(verdict(withMount("data", place))).toBe("mount-refused");
  },
);

test("a granted mount is given back with its links resolved", () => {
  symlinkSync(path.join(folder, "data"), path.join(folder, "alias"));
  const checked = checkPolicy(withMount("alias"), places());
  expect(checked.ok && checked.value.mounts[0]?.hostPath).toBe(path.join(folder, "data"));
});

test.for<[Partial<SandboxPolicy>, string]>([
  [{ environment: { STAGE: "test" } }, "granted"],
  [{ environment: { NODE_OPTIONS: "--require x" } }, "environment-refused"],
  [{ environment: { LD_PRELOAD: "/x.so" } }, "environment-refused"],
  [{ environment: { PATH: "/x" } }, "environment-refused"],
  [{ environment: { "A B": "" } }, "environment-refused"],
  [{ environment: { A: "\0" } }, "environment-refused"],
  [{ network: "models" }, "granted"],
  [{ network: "host" }, "network-refused"],
  [{ network: "container:other" }, "network-refused"],
  [{ network: "" }, "network-refused"],
  [{ memoryBytes: 1024 }, "limit-refused"],
  [{ memoryBytes: Number.NaN }, "limit-refused"],
  [{ cpus: 0 }, "limit-refused"],
  [{ processes: 0 }, "limit-refused"],
  [{ processes: -1 }, "limit-refused"],
  [{ timeSeconds: Number.POSITIVE_INFINITY }, "limit-refused"],
])("%j is %s", ([change, expected]) => {
  expect(verdict({ ...defaultPolicy("policy"), ...change })).toBe(expected);
});
