import path from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { containerOptions } from "#sandbox/docker/container-options.ts";
import { DockerIsolation } from "#sandbox/docker/docker-isolation.ts";
import { startContainer } from "#sandbox/docker/start-container.ts";
import { EmbeddedIsolation } from "#sandbox/embedded/embedded-isolation.ts";
import type { Isolation } from "#sandbox/isolation.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";
import { buildSandboxImage } from "#sandbox/sandbox-report.ts";
import { type SelfTest, selfTest } from "#sandbox/self-test/self-test.ts";
import { type DockerEngine, engineOfSuite, startOtherEngine } from "#test/support/docker-engine.ts";
import { clientOf, withoutWalls } from "#test/support/docker-sandbox.ts";
import { openDesk } from "../contract/studio.ts";

/** `sandbox doctor --self-test`: it holds in real sandboxes, and says so when something does not. */

const runtimeFolder = path.resolve(import.meta.dirname, "../../dist/runtime");
let engine: DockerEngine;
const setup = () => ({ runtimeFolder, dockerHost: engine.address });

beforeAll(async () => {
  engine = await engineOfSuite();
});
afterAll(() => engine?.dispose());

function attempts(test: SelfTest, held: boolean): string[] {
  if (!test.available) throw new Error(test.message);
  return test.results.filter((result) => result.held === held).map(({ tried }) => tried);
}

test.for([
  ["docker", () => new DockerIsolation(setup()), 33],
  ["embedded", () => new EmbeddedIsolation(setup()), 14],
] as const)("%s holds whatever its probes try, and nothing is left", async ([, open, count]) => {
  const tested = await selfTest(open());
  expect(attempts(tested, false)).toEqual([]);
  expect(attempts(tested, true)).toHaveLength(count);
  expect(await clientOf(engine).listContainers({ all: true })).toEqual([]);
});

test("a container whose walls are taken away is found out, by the probes and by the server that counts", async () => {
  const image = await buildSandboxImage(setup());
  if (!image.ok) throw new Error(image.error.message);
  const weak: Isolation = {
    name: "docker",
    check: () => Promise.reject(new Error("not asked")),
    describe: () => Promise.reject(new Error("not asked")),
    launch: (policy, signal) => {
      const open = withoutWalls(containerOptions(policy, image.value.image));
      return startContainer({
        client: clientOf(engine),
        options: { ...open, HostConfig: { ...open.HostConfig, NetworkMode: "host", Memory: 0 } },
        provideImage: () => Promise.reject(new Error("the image is gone")),
        signal,
      });
    },
  };
  const tested = await selfTest(weak);
  expect(attempts(tested, false)).toEqual(
    expect.arrayContaining([
      "reach a server of this machine",
      "wait for connections",
      "send a datagram",
      "write into the root folder",
      "change the runtime",
      "make a file in /tmp",
      "start a program",
      "reach a server of this machine, past Node",
      "look for rights beyond those of a user, past Node",
      "look for the lock on rights, past Node",
      "look who runs, past Node",
      "look for writable places of disks, past Node",
      "look at the kernel's limits, past Node",
      "take twice the memory",
      "reach a server of this machine (counted there)",
    ]),
  );
});

test("the command prints what held, and its exit code says whether all did", async () => {
  using desk = openDesk({}, { DOCKER_HOST: engine.address });
  const { code, stdout } = await desk.studio(["sandbox", "doctor", "--self-test"]);
  expect(stdout).toMatch(/docker: 33 of 33 attempts were held/);
  expect(stdout).toMatch(/held {2}system calls: look for the filter, past Node \(2\)/);
  expect(stdout).toMatch(/embedded: 14 of 14/);
  expect(code).toBe(0);
  const json = await desk.studio(["sandbox", "doctor", "--self-test", "--json"], {
    DOCKER_HOST: "unix:///nowhere.sock",
  });
  expect(JSON.parse(json.stdout)).toMatchObject({
    selfTest: { docker: { available: false, code: "engine-unreachable" }, embedded: { available: true } },
  });
});

test("gVisor is used where the config asks and the engine offers it, and nothing runs where it does not", async () => {
  const asking = { ...defaultPolicy("second-kernel"), containerRuntime: "runsc" } as const;
  const refused = await new DockerIsolation(setup()).launch(asking, new AbortController().signal);
  expect(refused).toMatchObject({ ok: false, error: { code: "container-runtime-missing" } });
  expect(await clientOf(engine).listContainers({ all: true })).toEqual([]);

  // The engine's own runtime under gVisor's name: what is shown is that the one that is asked for is used.
  const other = await startOtherEngine(["--add-runtime=runsc=/usr/sbin/runc"]);
  if (!other.ok) throw new Error(other.error.message);
  onTestFinished(() => other.value.dispose());
  const isolation = new DockerIsolation({ runtimeFolder, dockerHost: other.value.address });
  expect(await statuses(isolation)).toMatchObject({ "second kernel": "off" });
  const launched = await isolation.launch(asking, new AbortController().signal);
  if (!launched.ok) throw new Error(launched.error.message);
  const { HostConfig } = await clientOf(other.value).getContainer(launched.value.id).inspect();
  expect(HostConfig).toMatchObject({ Runtime: "runsc" });
  await launched.value.kill();
});

test("an engine with user namespaces is recognised, and holds the same", async () => {
  const other = await startOtherEngine(["--userns-remap=default"]);
  if (!other.ok) throw new Error(other.error.message);
  onTestFinished(() => other.value.dispose());
  const isolation = new DockerIsolation({ runtimeFolder, dockerHost: other.value.address });
  expect(await statuses(isolation)).toMatchObject({ "user namespace": "on", rootless: "unavailable" });
  expect(attempts(await selfTest(isolation), false)).toEqual([]);
});

async function statuses(isolation: Isolation): Promise<Record<string, string>> {
  const described = await isolation.describe();
  if (!described.ok) throw new Error(described.error.message);
  return Object.fromEntries(described.value.controls.map(({ control, status }) => [control, status]));
}
