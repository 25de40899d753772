import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type Docker from "dockerode";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import type { RunEvent } from "#protocol/events/events.ts";
import { readJournal } from "#runs/journal/journal-reader.ts";
import { createPool } from "#runs/session/isolations.ts";
import { preparePlan } from "#runs/session/plan.ts";
import { startRun } from "#runs/session/start-run.ts";
import { DockerIsolation } from "#sandbox/docker/docker-isolation.ts";
import { ownerLabels } from "#sandbox/docker/owner.ts";
import type { SandboxProcess } from "#sandbox/isolation.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";
import { SandboxPool } from "#sandbox/pool/sandbox-pool.ts";
import { buildSandboxImage } from "#sandbox/sandbox-report.ts";
import { type DockerEngine, engineOfSuite } from "#test/support/docker-engine.ts";
import { clientOf } from "#test/support/docker-sandbox.ts";
import { converse, outcomeOf } from "#test/support/sandbox-conversation.ts";

/** Containers that wait for their run, in a real engine. */

const standIn = path.resolve(import.meta.dirname, "stand-in");
const product = path.resolve(import.meta.dirname, "../../dist/runtime");
let engine: DockerEngine;
let client: Docker;
let folder: string;

beforeAll(async () => {
  engine = await engineOfSuite();
  client = clientOf(engine);
  folder = mkdtempSync(path.join(tmpdir(), "tactus-pool-"));
  for (const runtimeFolder of [standIn, product])
    expect(await buildSandboxImage({ runtimeFolder, dockerHost: engine.address })).toMatchObject({
      ok: true,
    });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await engine.dispose();
});

async function imageOf(runtimeFolder: string): Promise<string> {
  const built = await buildSandboxImage({ runtimeFolder, dockerHost: engine.address });
  if (!built.ok) throw new Error(built.error.message);
  return built.value.image;
}

function poolOf(runtimeFolder = standIn, size = 1): SandboxPool {
  const isolation = new DockerIsolation({ runtimeFolder, dockerHost: engine.address });
  const pool = new SandboxPool(isolation, { size, idleSeconds: 600, usual: defaultPolicy("") });
  onTestFinished(() => pool.dispose());
  return pool;
}

/** Containers that wait for a run, or waited for it. */
async function pooledContainers(): Promise<Docker.ContainerInfo[]> {
  const containers = await client.listContainers({ all: true, filters: { label: [ownerLabels.run] } });
  return containers.filter(({ Labels }) => Labels[ownerLabels.run]?.startsWith("pool-"));
}

/** The containers that wait, when there are so many. */
async function waiting(count = 1): Promise<string[]> {
  await expect
    .poll(async () => (await pooledContainers()).filter(({ State }) => State === "running").length, {
      timeout: 20_000,
    })
    .toBe(count);
  return (await pooledContainers()).map(({ Id }) => Id);
}

async function launched(pool: SandboxPool, run = "run"): Promise<SandboxProcess> {
  const result = await pool.launch(defaultPolicy(run), new AbortController().signal);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

test("a run in a pooled container is told which one in its journal, and leaves none", async () => {
  vi.stubEnv("XDG_DATA_HOME", path.join(folder, "data"));
  onTestFinished(() => void vi.unstubAllEnvs());
  writeFileSync(path.join(folder, "a.tac"), "Procedure { function(input) return 42 end }");
  const setup = { runtimeFolder: product, dockerHost: engine.address };
  const pool = await createPool(setup, { size: 1, idleSeconds: 600 });
  onTestFinished(() => pool.dispose());
  pool.prepare();
  const [container = ""] = await waiting();
  const label = (await client.getContainer(container).inspect()).Config.Labels[ownerLabels.run];
  const plan = await preparePlan({
    file: path.join(folder, "a.tac"),
    workspaceRoot: folder,
    input: {},
    textInput: {},
    mock: false,
    grantAll: false,
  });
  if (!plan.ok) throw new Error(plan.error.message);
  const run = await startRun(plan.value, { isolation: pool });
  if (!run.ok) throw new Error(run.error.message);
  expect(await run.value.finished).toMatchObject({ status: "completed", result: 42 });
  const { events } = await readJournal(run.value.journalFolder);
  const assigned = events.find((event: RunEvent) => event.type === "sandbox.assigned");
  expect(assigned).toMatchObject({ seq: 2, sandbox: container, label });
  expect(await pooledContainers()).toEqual([]);
});

test("each serves one run: two at the same time get two, a third starts its own", async () => {
  const pool = poolOf(standIn, 2);
  pool.prepare();
  const containers = await waiting(2);
  const sandboxes = await Promise.all(["a", "b", "c"].map((run) => launched(pool, run)));
  const [one, two, own] = sandboxes;
  expect([one?.id, two?.id].toSorted()).toEqual(containers.toSorted());
  expect(containers).not.toContain(own?.id);
  for (const sandbox of sandboxes) expect(outcomeOf(await converse(sandbox, "nothing"))).toBe(null);
  for (const sandbox of sandboxes) expect(await sandbox.exited).toEqual({ code: 0, reason: "exited" });
  expect(await pooledContainers()).toEqual([]);
});

test("a pooled container has the settings of any other: it differs in its labels only", async () => {
  const pool = poolOf();
  const cold = await launched(pool);
  pool.prepare();
  await waiting();
  const pooled = await launched(pool);
  expect(pooled.pooledAs).toBeDefined();
  const settings = async ({ id }: SandboxProcess) => {
    const { Config, HostConfig, Mounts } = await client.getContainer(id).inspect();
    const own: readonly string[] = [ownerLabels.run, ownerLabels.deadline, ownerLabels.uptimeDeadline];
    const labels = Object.entries(Config.Labels);
    expect(labels.filter(([label]) => own.includes(label))).toHaveLength(own.length);
    const shared = Object.fromEntries(labels.filter(([label]) => !own.includes(label)));
    return { HostConfig, Mounts, Config: { ...Config, Labels: shared } };
  };
  expect(await settings(pooled)).toEqual(await settings(cold));
  await Promise.all([pooled.kill(), cold.kill()]);
});

const spoiled: readonly [string, (id: string) => Promise<unknown>][] = [
  ["got more memory", (id) => client.getContainer(id).update({ Memory: 2 ** 30, MemorySwap: 2 ** 30 })],
  ["may have more processes", (id) => client.getContainer(id).update({ PidsLimit: 999 })],
  ["was paused", (id) => client.getContainer(id).pause()],
  ["was killed", (id) => client.getContainer(id).kill()],
  ["was removed", (id) => client.getContainer(id).remove({ force: true })],
];

test.for(spoiled)("one that %s while it waited is used for no run, and is gone", async ([, spoil]) => {
  const pool = poolOf();
  pool.prepare();
  const [container = ""] = await waiting();
  await spoil(container);
  const sandbox = await launched(pool);
  expect(sandbox.id).not.toBe(container);
  expect(outcomeOf(await converse(sandbox, "nothing"))).toBe(null);
  await expect.poll(pooledContainers, { timeout: 20_000 }).toEqual([]);
});

test("one of another version is used for no run; a version without an image is not prepared", async () => {
  const runtimeFolder = path.join(folder, "runtime");
  cpSync(standIn, runtimeFolder, { recursive: true });
  const pool = poolOf(runtimeFolder);
  pool.prepare();
  const [container = ""] = await waiting();
  appendFileSync(path.join(runtimeFolder, "main.mjs"), `\n// ${randomUUID()}\n`);
  const before = await client.listImages();
  pool.prepare();
  const isolation = new DockerIsolation({ runtimeFolder, dockerHost: engine.address });
  expect(await isolation.launchAhead(defaultPolicy("pool-next"), AbortSignal.any([]))).toMatchObject({
    ok: false,
    error: { code: "image-failed" },
  });
  expect(await client.listImages()).toHaveLength(before.length);
  const sandbox = await launched(pool);
  expect(sandbox.id).not.toBe(container);
  await sandbox.kill();
  await expect.poll(pooledContainers, { timeout: 20_000 }).toEqual([]);
  await client.getImage(await imageOf(runtimeFolder)).remove();
});

test("disposed at any moment of a start: nothing is left", async () => {
  for (const delay of [0, 20, 60, 120, 250]) {
    const pool = poolOf();
    pool.prepare();
    await new Promise((resolve) => setTimeout(resolve, delay));
    await pool.dispose();
    expect(await pooledContainers()).toEqual([]);
  }
});

test("a host that is killed takes with it what waits", async () => {
  const host = spawn(process.execPath, [path.join(import.meta.dirname, "pool-host.ts"), standIn], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, DOCKER_HOST: engine.address },
  });
  onTestFinished(() => void host.kill("SIGKILL"));
  await waiting(2);
  host.kill("SIGKILL");
  await once(host, "exit");
  await expect.poll(pooledContainers, { timeout: 20_000 }).toEqual([]);
});
