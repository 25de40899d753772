import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { ProbeContainer, withoutPermissionModel, withoutWalls } from "#test/support/docker-sandbox.ts";
import { outcomeOf } from "#test/support/sandbox-conversation.ts";

/** What a process inside the container can do: asked from inside, with the product's own settings. */

let engine: DockerEngine;
let container: ProbeContainer;

beforeAll(async () => {
  engine = await engineOfSuite();
  container = await ProbeContainer.prepare(engine, {
    runtimeFolder: path.resolve(import.meta.dirname, "stand-in"),
  });
});
afterAll(() => engine?.dispose());

test.for([
  { probe: "connect", input: { port: 1, host: "127.0.0.1" }, without: "ECONNREFUSED" },
  { probe: "connect", input: { path: "/var/run/docker.sock" }, without: "ENOENT" },
  { probe: "listen", input: { port: 0 }, without: "listening" },
  { probe: "listen", input: { path: "/tmp/socket" }, without: "listening" },
  { probe: "datagram", input: {}, without: "bound" },
  { probe: "spawn", input: { program: "/usr/bin/node" }, without: 0 },
  { probe: "write", input: { path: "/tmp/made" }, without: undefined },
  { probe: "write", input: { path: "/workspace/made" }, without: undefined },
  { probe: "write", input: { path: "/made" }, without: undefined },
  { probe: "write", input: { path: "/runtime/main.mjs" }, without: undefined },
  { probe: "makeFolder", input: { path: "/tmp/made" }, without: undefined },
])(
  "docker: $probe $input is refused by the container alone, and works without its walls",
  async ({ probe, input, without }) => {
    const walled = await container.run(probe, input, { options: withoutPermissionModel });
    expect(outcomeOf(walled.finished)).toMatch(/^(EPERM|EROFS|EACCES)$/);
    const open = await container.run(probe, input, { options: withoutWalls });
    expect(outcomeOf(open.finished)).toEqual(without);
  },
);

test.for([
  { probe: "read", input: { path: "/etc/passwd" } },
  { probe: "connect", input: { port: 1, host: "127.0.0.1" } },
  { probe: "spawn", input: { program: "/usr/bin/node" } },
  { probe: "write", input: { path: "/tmp/made" } },
])("docker: $probe $input is refused by Node's permission model too", async ({ probe, input }) => {
  expect(outcomeOf((await container.run(probe, input)).finished)).toBe("ERR_ACCESS_DENIED");
});

async function read(file: string): Promise<string> {
  const { finished } = await container.run("read", { path: file }, { options: withoutPermissionModel });
  return String(outcomeOf(finished));
}

test("docker: no capabilities, no new privileges, a system call filter, an ordinary user", async () => {
  const status = await read("/proc/self/status");
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, "m").exec(status)?.[1];
  expect(["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].map(field)).toEqual(
    Array(5).fill("0000000000000000"),
  );
  expect([field("NoNewPrivs"), field("Seccomp")]).toEqual(["1", "2"]);
  expect([field("Uid"), field("Gid"), field("Groups")?.trim()]).toEqual([
    "65532\t65532\t65532\t65532",
    "65532\t65532\t65532\t65532",
    "65532",
  ]);
});

test("docker: everything is read-only but two memory folders, where nothing can be executed", async () => {
  const mounts = (await read("/proc/self/mountinfo"))
    .trim()
    .split("\n")
    .map((line) => line.split(" "));
  const optionsAt = (place: string) => mounts.find(([, , , , target]) => target === place)?.[5]?.split(",");
  expect(optionsAt("/")).toContain("ro");
  for (const place of ["/tmp", "/workspace"]) {
    expect(optionsAt(place)).toEqual(expect.arrayContaining(["rw", "nosuid", "nodev", "noexec"]));
  }
  const writable = mounts.filter((mount) => mount[5]?.split(",").includes("rw")).map((mount) => mount[4]);
  const kernel = /^\/(proc|sys|dev)(\/|$)/;
  const files = /^\/etc\/(hosts|hostname|resolv\.conf)$/;
  // The engine mounts them in no fixed order.
  expect(writable.filter((place) => !kernel.test(place ?? "") && !files.test(place ?? "")).sort()).toEqual([
    "/tmp",
    "/workspace",
  ]);
  expect(mounts.some(([, , , , target]) => target === "/dev/shm")).toBe(false);
});

test("docker: the limits of the kernel are set", async () => {
  const limits = await read("/proc/self/limits");
  expect(limits).toMatch(/Max open files +256 +256/);
  expect(limits).toMatch(/Max core file size +0 +0/);
  expect(limits).toMatch(/Max file size +0 +0/);
  expect(await read("/proc/self/oom_score_adj")).toBe("500\n");
});

test("docker: nothing of the host is to be seen", async () => {
  const { finished } = await container.run("environment", {}, { options: withoutPermissionModel });
  expect(finished?.result).toEqual({ PATH: expect.any(String), HOSTNAME: "sandbox", HOME: "/" });
  expect(await read("/proc/sys/kernel/hostname")).toBe("sandbox\n");
  expect(await read("/proc/self/cgroup")).not.toMatch(/[0-9a-f]{12}/);
  const { finished: networks } = await container.run(
    "list",
    { path: "/sys/class/net" },
    { options: withoutPermissionModel },
  );
  expect(networks?.result).toEqual(["lo"]);
  const { finished: devices } = await container.run(
    "list",
    { path: "/dev" },
    { options: withoutPermissionModel },
  );
  const harmless = [
    "core",
    "fd",
    "full",
    "mqueue",
    "null",
    "ptmx",
    "pts",
    "random",
    "stderr",
    "stdin",
    "stdout",
    "tty",
    "urandom",
    "zero",
  ];
  expect(harmless).toEqual(expect.arrayContaining(devices?.result as string[]));
  expect(await read("/proc/kcore")).not.toMatch(/ELF/);
});

test("docker: only variables of the policy are added", async () => {
  const { finished } = await container.run("environment", {}, { policy: { environment: { STAGE: "test" } } });
  expect(finished?.result).toMatchObject({ STAGE: "test" });
});

test("docker: a worker with WebAssembly and shared memory works under all of this", async () => {
  const { finished, exit } = await container.run("worker");
  expect(finished?.result).toEqual({ woken: true, environment: [] });
  expect(exit).toEqual({ code: 0, reason: "exited" });
});

test("docker: a program that the runtime starts talks over its pipes, where the policy lets it be started", async () => {
  const talked = await container.run("program", {}, { policy: { childProcesses: true } });
  expect(talked.finished?.result).toEqual({ answer: "hello", code: 7 });
  const refused = await container.run("program");
  expect(outcomeOf(refused.finished)).toBe("ERR_ACCESS_DENIED");
});

test.for([
  { probe: "connect", input: { port: 1, host: "127.0.0.1" } },
  { probe: "connect", input: { path: "/var/run/docker.sock" } },
  { probe: "listen", input: { path: "/tmp/socket" } },
  { probe: "datagram", input: {} },
  { probe: "write", input: { path: "/tmp/made" } },
])("docker: $probe $input stays refused where programs may be started", async ({ probe, input }) => {
  const { finished } = await container.run(probe, input, {
    policy: { childProcesses: true },
    options: withoutPermissionModel,
  });
  expect(outcomeOf(finished)).toMatch(/^(EPERM|EROFS|EACCES)$/);
});

test.for(["fillMemory", "fillHeap"])("docker: %s is reported as a memory kill", async (probe) => {
  const { finished, exit } = await container.run(probe, {}, { policy: { memoryBytes: 256 * 1024 * 1024 } });
  expect(finished).toBeUndefined();
  expect(exit.reason).toBe("memory");
});

test("docker: a bomb of threads meets the limit", async () => {
  const few = await container.run("threads", { count: 3 });
  expect(few.finished?.result).toBe(3);
  const many = await container.run("threads", { count: 100 });
  expect(many.finished?.status ?? "ended").not.toBe("completed");
});

test("docker: output is not lost and not mixed when the host reads slowly", async () => {
  const { finished } = await container.run("flood", { bytes: 20_000_000 });
  expect(finished?.result).toBe(20_000_000);
});
