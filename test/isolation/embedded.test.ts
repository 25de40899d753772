import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { EmbeddedIsolation } from "#sandbox/embedded/embedded-isolation.ts";
import type { SandboxExit, SandboxPolicy } from "#sandbox/isolation.ts";
import { defaultPolicy } from "#sandbox/policy/default-policy.ts";
import { converse, type Finished, outcomeOf, said } from "#test/support/sandbox-conversation.ts";

const runtimeFolder = path.resolve(import.meta.dirname, "stand-in");
const isolation = new EmbeddedIsolation({ runtimeFolder });
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "tactus-embedded-"));
  process.env["TACTUS_CANARY"] = "CANARY";
});
afterAll(() => rmSync(folder, { recursive: true }));

async function launch(policy: Partial<SandboxPolicy> = {}, signal = new AbortController().signal) {
  const launched = await isolation.launch({ ...defaultPolicy("embedded-test"), ...policy }, signal);
  if (!launched.ok) throw new Error(launched.error.message);
  return launched.value;
}

async function run(
  probe: string,
  input: Record<string, unknown> = {},
  policy: Partial<SandboxPolicy> = {},
): Promise<{ finished: Finished | undefined; exit: SandboxExit }> {
  const sandbox = await launch(policy);
  const finished = await converse(sandbox, probe, input);
  return { finished, exit: await sandbox.exited };
}

test.for([
  { probe: "read", input: { path: "/etc/hostname" }, expected: "ERR_ACCESS_DENIED" },
  { probe: "read", input: { path: "/proc/self/environ" }, expected: "ERR_ACCESS_DENIED" },
  {
    probe: "read",
    input: { path: path.resolve(runtimeFolder, "../deaf/main.mjs") },
    expected: "ERR_ACCESS_DENIED",
  },
  { probe: "list", input: { path: "/" }, expected: "ERR_ACCESS_DENIED" },
  { probe: "connect", input: { port: 1, host: "127.0.0.1" }, expected: "ERR_ACCESS_DENIED" },
  { probe: "connect", input: { path: "/var/run/docker.sock" }, expected: "ERR_ACCESS_DENIED" },
  { probe: "listen", input: { port: 0 }, expected: "ERR_ACCESS_DENIED" },
  { probe: "datagram", input: {}, expected: "ERR_ACCESS_DENIED" },
  { probe: "spawn", input: { program: process.execPath }, expected: "ERR_ACCESS_DENIED" },
  { probe: "inspector", input: {}, expected: "ERR_ACCESS_DENIED" },
  { probe: "foreignFunctions", input: {}, expected: "ERR_UNKNOWN_BUILTIN_MODULE" },
  { probe: "evaluate", input: {}, expected: "EvalError" },
  { probe: "makeFunction", input: {}, expected: "EvalError" },
  { probe: "prototype", input: {}, expected: "undefined" },
  { probe: "environment", input: {}, expected: {} },
])("embedded: $probe $input gives $expected", async ({ probe, input, expected }) => {
  expect(outcomeOf((await run(probe, input)).finished)).toEqual(expected);
});

test.for(["write", "makeFolder", "report", "heapSnapshot", "database"])(
  "embedded: %s makes nothing",
  async (probe) => {
    const { finished } = await run(probe, { path: path.join(folder, "made") });
    expect(finished?.status).toBe("failed");
    expect(readdirSync(folder)).toEqual([]);
  },
);

test("embedded: a worker with WebAssembly and shared memory works, and inherits no variable", async () => {
  const { finished, exit } = await run("worker");
  expect(finished?.result).toEqual({ woken: true, environment: [] });
  expect(exit).toEqual({ code: 0, reason: "exited" });
});

test("embedded: only variables of the policy are set", async () => {
  const { finished } = await run("environment", {}, { environment: { STAGE: "test" } });
  expect(finished?.result).toEqual({ STAGE: "test" });
});

test.for(["fillMemory", "fillHeap"])("embedded: %s ends at the memory limit", async (probe) => {
  const { finished, exit } = await run(probe, {}, { memoryBytes: 256 * 1024 * 1024 });
  expect(finished).toBeUndefined();
  expect(exit.reason).toBe("memory");
});

test("embedded: a busy worker does not keep it from being killed", async () => {
  const sandbox = await launch();
  sandbox.input.write('{"source":"spin","input":{}}\n');
  await said(sandbox);
  await sandbox.kill();
  expect((await sandbox.exited).reason).toBe("killed");
  expect(existsSync(`/proc/${sandbox.id}`)).toBe(false);
});

test("embedded: an abort before the start starts nothing, one after it kills", async () => {
  const before = await isolation.launch(defaultPolicy("aborted"), AbortSignal.abort());
  expect(before).toMatchObject({ ok: false, error: { code: "start-failed" } });
  const controller = new AbortController();
  const sandbox = await launch({}, controller.signal);
  controller.abort();
  expect((await sandbox.exited).reason).toBe("killed");
});

test("embedded: it ends when its host is killed, also while the procedure is busy", async () => {
  const host = spawn(
    process.execPath,
    [path.join(import.meta.dirname, "host.ts"), "embedded", runtimeFolder, "spin"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [pid]: unknown[] = await once(host.stdout, "data");
  expect(existsSync(`/proc/${String(pid).trim()}`)).toBe(true);
  host.kill("SIGKILL");
  await expect.poll(() => existsSync(`/proc/${String(pid).trim()}`), { timeout: 5000 }).toBe(false);
});

test("embedded: mounts and networks are refused, since it has none", async () => {
  const policy = { ...defaultPolicy("refused"), network: "models" };
  const launched = await isolation.launch(policy, new AbortController().signal);
  expect(launched).toMatchObject({ ok: false, error: { code: "policy-refused" } });
});

test("embedded: a Node that is not there, or too old, is named with the remedy", async () => {
  const missing = new EmbeddedIsolation({ runtimeFolder, nodePath: path.join(folder, "node") });
  expect(await missing.check()).toMatchObject({ ok: false, error: { code: "node-missing" } });
  expect(await isolation.check()).toMatchObject({ ok: true });
});
