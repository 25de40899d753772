import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fail, ok, type Result } from "#common/result.ts";
import type { IsolationUnavailable, SandboxExit, SandboxPolicy, SandboxProcess } from "../isolation.ts";
import { defaultPolicy } from "../policy/default-policy.ts";
import type { PoolableIsolation } from "./poolable-isolation.ts";
import { longestRunSeconds } from "./pooled-policy.ts";
import { SandboxPool } from "./sandbox-pool.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const unavailable: IsolationUnavailable = { code: "start-failed", message: "no", remedy: "none" };

interface Started {
  readonly policy: SandboxPolicy;
  readonly isAhead: boolean;
  readonly process: SandboxProcess;
  exit(): void;
}

/** An isolation in memory that counts what it starts and what still runs. */
class CountedIsolation implements PoolableIsolation {
  readonly name = "docker";
  readonly started: Started[] = [];
  readonly running = new Set<string>();
  /** What a start ahead of a run has to wait for. */
  ready: Promise<Result<void, IsolationUnavailable>> = Promise.resolve(ok(undefined));
  verified: Result<void, IsolationUnavailable> = ok(undefined);

  check = async () => ok(undefined);
  describe = async () => fail(unavailable);
  launch = async (policy: SandboxPolicy, signal: AbortSignal) => ok(this.#start(policy, false, signal));
  verify = async () => this.verified;

  async launchAhead(policy: SandboxPolicy, signal: AbortSignal) {
    const ready = await this.ready;
    if (!ready.ok || signal.aborted) return fail(unavailable);
    return ok(this.#start(policy, true, signal));
  }

  #start(policy: SandboxPolicy, isAhead: boolean, signal: AbortSignal): SandboxProcess {
    const exited = Promise.withResolvers<SandboxExit>();
    const id = String(this.started.length + 1);
    const end = (reason: SandboxExit["reason"]) => {
      this.running.delete(id);
      exited.resolve({ code: 0, reason });
    };
    const process: SandboxProcess = {
      id,
      input: new PassThrough(),
      output: new PassThrough(),
      errorText: () => "",
      exited: exited.promise,
      kill: async () => end("killed"),
    };
    signal.addEventListener("abort", () => end("killed"), { once: true });
    this.running.add(id);
    this.started.push({ policy, isAhead, process, exit: () => end("exited") });
    return process;
  }
}

function pooled(size = 1) {
  const isolation = new CountedIsolation();
  return {
    isolation,
    pool: new SandboxPool(isolation, { size, idleSeconds: 600, usual: defaultPolicy("") }),
  };
}

async function launched(pool: SandboxPool, change: Partial<SandboxPolicy> = {}, signal?: AbortSignal) {
  const policy = { ...defaultPolicy("run-1"), ...change };
  const result = await pool.launch(policy, signal ?? new AbortController().signal);
  return result.ok ? result.value : result.error.message;
}

const settled = () => vi.advanceTimersByTimeAsync(0);

test("a run gets the sandbox that waits, and the next run another one", async () => {
  const { isolation, pool } = pooled();
  pool.prepare();
  await settled();
  expect(await launched(pool)).toMatchObject({ id: "1", pooledAs: isolation.started[0]?.policy.run });
  expect(await launched(pool)).toMatchObject({ id: "2" });
  expect(isolation.started.map(({ isAhead }) => isAhead)).toEqual([true, false]);
});

test("runs at the same time never get the same one", async () => {
  const { pool } = pooled(2);
  pool.prepare();
  const taken = await Promise.all([1, 2, 3, 4].map(() => launched(pool)));
  expect(new Set(taken.map((each) => Object(each).id)).size).toBe(4);
});

test("one that is on its way is waited for", async () => {
  const { isolation, pool } = pooled();
  const ready = Promise.withResolvers<Result<void, IsolationUnavailable>>();
  isolation.ready = ready.promise;
  pool.prepare();
  const launching = launched(pool);
  ready.resolve(ok(undefined));
  expect(await launching).toMatchObject({ id: "1" });
  expect(isolation.started).toHaveLength(1);
});

test.for<[string, Partial<SandboxPolicy>]>([
  ["memory", { memoryBytes: 512 * 1024 ** 2 }],
  ["a network", { network: "runs" }],
  ["programs", { childProcesses: true }],
  ["a mount", { mounts: [{ hostPath: "/data", containerPath: "/data", writable: false }] }],
  ["a variable", { environment: { NAME: "value" } }],
  ["an image", { image: "own:1" }],
  ["Python", { python: true }],
  ["more time than any pooled one has", { timeSeconds: longestRunSeconds + 1 }],
])("a run that demands %s starts its own; the one that waits stays", async ([, change]) => {
  const { isolation, pool } = pooled();
  pool.prepare();
  await settled();
  const own = await launched(pool, change);
  expect(own).toMatchObject({ id: "2" });
  expect(own).not.toHaveProperty("pooledAs");
  expect([...isolation.running]).toEqual(["1", "2"]);
});

test("those that wait have the limits of the last run, and nothing else of it", async () => {
  const { isolation, pool } = pooled(2);
  await launched(pool, { memoryBytes: 512 * 1024 ** 2, timeSeconds: 60 });
  await launched(pool, { environment: { NAME: "value" } });
  pool.prepare();
  await settled();
  const ahead = isolation.started.filter(({ isAhead }) => isAhead).map(({ policy }) => policy);
  expect(ahead).toEqual(
    ahead.map(({ run }) => ({
      ...defaultPolicy(run),
      memoryBytes: 512 * 1024 ** 2,
      timeSeconds: longestRunSeconds + 600,
    })),
  );
  expect(ahead).toHaveLength(2);
  await launched(pool);
  pool.prepare();
  await settled();
  expect(isolation.started.filter(({ isAhead }) => isAhead).at(-1)?.policy.memoryBytes).toBe(
    defaultPolicy("").memoryBytes,
  );
  expect([...isolation.running]).toEqual(["1", "2", "5", "6", "7"]);
});

test("one whose settings are not those demanded any more is ended, and the run starts its own", async () => {
  const { isolation, pool } = pooled();
  pool.prepare();
  await settled();
  isolation.verified = fail(unavailable);
  expect(await launched(pool)).toMatchObject({ id: "2" });
  await settled();
  expect([...isolation.running]).toEqual(["2"]);
});

test("one that ends while it waits, or can't be started, is no run's problem", async () => {
  const { isolation, pool } = pooled();
  pool.prepare();
  await settled();
  isolation.started[0]?.exit();
  await settled();
  expect(await launched(pool)).toMatchObject({ id: "2" });
  isolation.ready = Promise.resolve(fail(unavailable));
  pool.prepare();
  expect(await launched(pool)).toMatchObject({ id: "3" });
});

test("one that nobody uses is ended; to prepare again keeps it", async () => {
  const { isolation, pool } = pooled();
  pool.prepare();
  await vi.advanceTimersByTimeAsync(500_000);
  pool.prepare();
  await vi.advanceTimersByTimeAsync(500_000);
  expect([...isolation.running]).toEqual(["1"]);
  await vi.advanceTimersByTimeAsync(100_000);
  expect([...isolation.running]).toEqual([]);
});

test("the time limit of the run holds from when it got its sandbox", async () => {
  const { isolation, pool } = pooled();
  pool.prepare();
  await vi.advanceTimersByTimeAsync(300_000);
  await launched(pool, { timeSeconds: 60 });
  await vi.advanceTimersByTimeAsync(69_000);
  expect([...isolation.running]).toEqual(["1"]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect([...isolation.running]).toEqual([]);
});

test.for(["before", "during", "after"])("an abort %s the hand-out ends the sandbox", async (moment) => {
  const { isolation, pool } = pooled();
  const controller = new AbortController();
  pool.prepare();
  await settled();
  if (moment === "before") controller.abort();
  const launching = launched(pool, {}, controller.signal);
  if (moment === "during") controller.abort();
  const outcome = await launching;
  if (moment === "after") controller.abort();
  else expect(outcome).toBe("The start was cancelled.");
  expect([...isolation.running]).toEqual([]);
});

test("disposed, nothing waits and nothing is started; what was handed out stays with its run", async () => {
  const { isolation, pool } = pooled(2);
  pool.prepare();
  await settled();
  await launched(pool);
  await pool.dispose();
  pool.prepare();
  await settled();
  expect([...isolation.running]).toEqual(["1"]);
});

test("disposed while one is on its way: it is gone as well", async () => {
  const { isolation, pool } = pooled();
  const ready = Promise.withResolvers<Result<void, IsolationUnavailable>>();
  isolation.ready = ready.promise;
  pool.prepare();
  const disposing = pool.dispose();
  ready.resolve(ok(undefined));
  await disposing;
  expect([...isolation.running]).toEqual([]);
});
