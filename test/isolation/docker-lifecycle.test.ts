import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type Docker from "dockerode";
import { pack } from "tar-stream";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { DockerIsolation } from "#sandbox/docker/docker-isolation.ts";
import { ownerLabels } from "#sandbox/docker/owner.ts";
import type { Mount, SandboxPolicy } from "#sandbox/isolation.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";
import { buildSandboxImage, pruneSandbox, sandboxReport } from "#sandbox/sandbox-report.ts";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";
import { converse, outcomeOf, said } from "#test/support/sandbox-conversation.ts";

/** Starts, ends and left-overs of containers, against a real engine. */

let engine: DockerEngine;
let client: Docker;
let folder: string;
const bundle = (name: string) => path.resolve(import.meta.dirname, name);
const setup = (name = "stand-in") => ({ runtimeFolder: bundle(name), dockerHost: engine.address });

beforeAll(async () => {
  engine = await engineOfSuite();
  client = clientOf(engine);
  folder = mkdtempSync(path.join(tmpdir(), "tactus-lifecycle-"));
  for (const name of ["stand-in", "deaf"])
    expect(await buildSandboxImage(setup(name))).toMatchObject({ ok: true });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await engine.dispose();
});

async function launch(
  policy: Partial<SandboxPolicy> & { run: string },
  signal = new AbortController().signal,
) {
  return new DockerIsolation(setup()).launch({ ...defaultPolicy(policy.run), ...policy }, signal);
}

async function containersOf(run: string): Promise<string[]> {
  const found = await client.listContainers({ all: true, filters: { label: [`${ownerLabels.run}=${run}`] } });
  return found.map(({ Id }) => Id);
}

test("a run leaves no container behind, and `exited` means gone", async () => {
  const launched = await launch({ run: "plain" });
  if (!launched.ok) throw new Error(launched.error.message);
  expect(outcomeOf(await converse(launched.value, "nothing"))).toBe(null);
  expect(await launched.value.exited).toEqual({ code: 0, reason: "exited" });
  expect(await containersOf("plain")).toEqual([]);
});

test("kill ends a busy procedure and returns when the container is gone; a second kill is harmless", async () => {
  const launched = await launch({ run: "busy" });
  if (!launched.ok) throw new Error(launched.error.message);
  launched.value.input.write('{"source":"spin","input":{}}\n');
  await said(launched.value);
  await launched.value.kill();
  expect(await containersOf("busy")).toEqual([]);
  expect((await launched.value.exited).reason).toBe("killed");
  await launched.value.kill();
});

test.for([0, 10, 30, 60, 100, 150, 220, 300])(
  "cancelled %d ms after the start: nothing is left",
  async (delay) => {
    const run = `cancelled-${delay}`;
    const controller = new AbortController();
    const launching = launch({ run }, controller.signal);
    await pause(delay);
    controller.abort();
    const launched = await launching;
    if (launched.ok) expect((await launched.value.exited).reason).toBe("killed");
    expect(await containersOf(run)).toEqual([]);
  },
);

function startHost(bundleName: string, probe: string) {
  const host = spawn(process.execPath, [bundle("host.ts"), "docker", bundle(bundleName), probe], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, DOCKER_HOST: engine.address },
  });
  onTestFinished(() => void host.kill("SIGKILL"));
  return { host, id: once(host.stdout, "data").then(([chunk]: unknown[]) => String(chunk).trim()) };
}

test("a host that is killed takes its container with it, also while the procedure is busy", async () => {
  const { host, id } = startHost("stand-in", "spin");
  const started = await id;
  expect(await containersOf("killed-host-spin")).toEqual([started]);
  host.kill("SIGKILL");
  await expect.poll(() => containersOf("killed-host-spin"), { timeout: 10_000 }).toEqual([]);
});

test("a container that ignores the end of its host is removed by the next start; those of others stay", async () => {
  const { host, id } = startHost("deaf", "deaf");
  const abandoned = await id;
  const foreign = await client.createContainer({ Image: await currentImage() });
  const elsewhere = await client.createContainer({
    Image: await currentImage(),
    Labels: {
      [ownerLabels.run]: "elsewhere",
      [ownerLabels.host]: "another machine",
      [ownerLabels.process]: "1",
      [ownerLabels.deadline]: String(Date.now() + 60_000),
    },
  });
  const overdue = await client.createContainer({
    Image: await currentImage(),
    Labels: { [ownerLabels.run]: "overdue", [ownerLabels.deadline]: String(Date.now() - 1) },
  });
  host.kill("SIGKILL");
  await once(host, "exit");
  expect(await containersOf("killed-host-deaf")).toEqual([abandoned]);

  const launched = await launch({ run: "reaping" });
  if (!launched.ok) throw new Error(launched.error.message);
  const left = (await client.listContainers({ all: true })).map(({ Id }) => Id);
  expect(left).toEqual(expect.arrayContaining([foreign.id, elsewhere.id, launched.value.id]));
  expect(left).not.toContain(abandoned);
  expect(left).not.toContain(overdue.id);
  await launched.value.kill();
  await foreign.remove();
  await elsewhere.remove();
});

async function currentImage(): Promise<string> {
  const built = await buildSandboxImage(setup());
  if (!built.ok) throw new Error(built.error.message);
  return built.value.image;
}

test("an image from the config is used as it is, and never built when it is missing", async () => {
  await client.getImage(await currentImage()).tag({ repo: "tactus-test-override", tag: "1" });
  const launched = await launch({ run: "override", image: "tactus-test-override:1" });
  if (!launched.ok) throw new Error(launched.error.message);
  expect(outcomeOf(await converse(launched.value, "nothing"))).toBe(null);
  await client.getImage("tactus-test-override:1").remove();
  expect(await launch({ run: "missing", image: "tactus-test-override:1" })).toMatchObject({
    ok: false,
    error: { code: "image-failed" },
  });
});

test("an image that brings a volume and variables of its own is not started", async () => {
  const archive = pack();
  archive.entry({ name: "usr/bin/node", mode: 0o755 }, "not a program");
  archive.finalize();
  const progress = await client.importImage(archive as unknown as NodeJS.ReadableStream, {
    repo: "tactus-test-volume",
    tag: "1",
    changes: ["VOLUME /data", "ENV SECRET=1"],
  });
  await new Promise((resolve) => client.modem.followProgress(progress, resolve));
  const launched = await launch({ run: "differs", image: "tactus-test-volume:1" });
  expect(launched).toMatchObject({ ok: false, error: { code: "settings-differ" } });
  expect(launched.ok ? "" : launched.error.message).toMatch(/Env[\s\S]*Volumes[\s\S]*Mounts/);
  expect(await containersOf("differs")).toEqual([]);
  await client.getImage("tactus-test-volume:1").remove();
});

test("what can't be started is told with the engine's reason, and leaves nothing", async () => {
  const launched = await launch({ run: "unstartable", network: "no-such-network" });
  expect(launched).toMatchObject({ ok: false, error: { code: "start-failed" } });
  expect(await containersOf("unstartable")).toEqual([]);
});

test("a mount from trusted config is there, read-only unless asked; places of the machine are refused", async () => {
  const mount = (hostPath: string): Mount => ({ hostPath, containerPath: "/data", writable: false });
  const launched = await launch({ run: "mounted", mounts: [mount(folder)] });
  if (!launched.ok) throw new Error(launched.error.message);
  const { Mounts } = await client.getContainer(launched.value.id).inspect();
  expect(Mounts).toMatchObject([{ Destination: "/data", Source: folder, RW: false }]);
  await launched.value.kill();
  symlinkSync("/etc", path.join(folder, "innocent"));
  for (const place of ["/etc", path.join(folder, "innocent"), engine.socket, path.dirname(engine.socket)]) {
    expect(await launch({ run: "refused", mounts: [mount(place)] })).toMatchObject({
      ok: false,
      error: { code: "policy-refused" },
    });
  }
});

test("an engine that does not answer is named, with what to do", async () => {
  const isolation = new DockerIsolation({ ...setup(), dockerHost: `unix://${folder}/nothing.sock` });
  const launched = await isolation.launch(defaultPolicy("unreachable"), new AbortController().signal);
  expect(launched).toMatchObject({ ok: false, error: { code: "engine-unreachable" } });
  expect(launched.ok ? "" : launched.error.message).toContain("nothing.sock");
  expect(launched.ok ? "" : launched.error.remedy).toContain("--isolation embedded");
});

test("an engine behind an address of the network works alike, whatever DOCKER_HOST says", async () => {
  const proxy = createServer((connection) => {
    const upstream = connect(engine.socket);
    connection.on("error", () => upstream.destroy());
    upstream.on("error", () => connection.destroy());
    connection.pipe(upstream).pipe(connection);
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  const port = typeof address === "object" ? address?.port : 0;
  vi.stubEnv("DOCKER_HOST", "tcp://127.0.0.1:1");
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const dockerHost of [`tcp://127.0.0.1:${port}`, engine.address]) {
    const isolation = new DockerIsolation({ ...setup(), dockerHost });
    const launched = await isolation.launch(defaultPolicy("addressed"), new AbortController().signal);
    if (!launched.ok) throw new Error(launched.error.message);
    expect(outcomeOf(await converse(launched.value, "nothing"))).toBe(null);
    expect(await launched.value.exited).toEqual({ code: 0, reason: "exited" });
  }
});

test("the doctor shows each control of both isolations", async () => {
  const { docker, embedded } = await sandboxReport(setup());
  const statusOf = (report: typeof docker, control: string) =>
    report.available && report.controls.find((fact) => fact.control === control)?.status;
  expect(statusOf(docker, "network")).toBe("on");
  expect(statusOf(docker, "system calls")).toBe("on");
  expect(statusOf(embedded, "network")).toBe("on");
  expect(statusOf(embedded, "second wall")).toBe("off");
});

test("prune removes our old images and keeps the current one", async () => {
  const current = await currentImage();
  const other = await buildSandboxImage(setup("deaf"));
  const old = other.ok ? other.value.image : "";
  expect(old).not.toBe(current);
  expect(await pruneSandbox(setup())).toMatchObject({
    ok: true,
    value: { images: expect.arrayContaining([old]) },
  });
  expect(await buildSandboxImage(setup())).toMatchObject({ ok: true, value: { built: false } });
});
