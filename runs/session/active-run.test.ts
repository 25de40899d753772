import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { JsonObject } from "#common/json.ts";
import { fail, ok } from "#common/result.ts";
import { longestStopSeconds } from "#protocol/debugging/limits.ts";
import type { RunEvent } from "#protocol/events/events.ts";
import { encodeFrame, FrameReader } from "#protocol/wire/frames.ts";
import type { HostMessage } from "#protocol/wire/messages.ts";
import { DebugLink } from "#runs/debugging/debug-link.ts";
import type { RunServices } from "#runs/session/broker-services.ts";
import { preparePlan } from "#runs/session/plan.ts";
import type { RunHandle } from "#runs/session/session.ts";
import { startRun } from "#runs/session/start-run.ts";
import type { Isolation, SandboxExit, SandboxPolicy, SandboxProcess } from "#sandbox/isolation.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "tactus-run-"));
  vi.stubEnv("XDG_DATA_HOME", path.join(root, "data"));
  writeFileSync(path.join(root, "a.tac"), "Procedure { function() end }");
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

/** A sandbox whose pipes the test holds. */
class ScriptedSandbox implements SandboxProcess {
  readonly id = "scripted";
  readonly input = new PassThrough();
  readonly output = new PassThrough();
  readonly #exit = Promise.withResolvers<SandboxExit>();
  readonly exited = this.#exit.promise;
  killed = 0;

  errorText(): string {
    return "what the process said last";
  }

  end(reason: SandboxExit["reason"]): void {
    this.#exit.resolve({ code: 1, reason });
    this.output.end();
  }

  async kill(): Promise<void> {
    this.killed += 1;
    this.end("killed");
  }
}

function isolationOf(launch: Isolation["launch"]): Isolation {
  const facts = { description: "scripted", controls: [] };
  return { name: "embedded", check: async () => ok(undefined), describe: async () => ok(facts), launch };
}

async function start(
  isolation: Isolation,
  timeoutSeconds = 60,
  { input = {}, ...services }: Partial<RunServices> & { readonly input?: JsonObject } = {},
): Promise<RunHandle> {
  const plan = await preparePlan({
    file: path.join(root, "a.tac"),
    workspaceRoot: root,
    input,
    textInput: {},
    isolation: "embedded",
    mock: false,
    grantAll: false,
    timeoutSeconds,
  });
  if (!plan.ok) throw new Error(plan.error.message);
  const handle = await startRun(plan.value, { isolation, environment: {}, ...services });
  if (!handle.ok) throw new Error(handle.error.message);
  return handle.value;
}

/** The ends of a run: there must be one, nothing after it, and no mark of an owner. */
async function endOf(handle: RunHandle): Promise<RunEvent[]> {
  const finished = await handle.finished;
  const events: RunEvent[] = [];
  handle.onEvent((event) => events.push(event));
  expect(events.filter(({ type }) => type === "run.finished")).toEqual([finished]);
  expect(events.at(-1)).toEqual(finished);
  expect(readdirSync(handle.journalFolder).toSorted()).toEqual(["events.jsonl", "seal"]);
  return events.filter(({ type }) => type === "limit.hit" || type === "run.finished");
}

/** A sandbox that is launched at once and then does something. */
function launched(act: (sandbox: ScriptedSandbox) => void): {
  isolation: Isolation;
  sandbox: ScriptedSandbox;
} {
  const sandbox = new ScriptedSandbox();
  const isolation = isolationOf(async (_policy, signal) => {
    signal.addEventListener("abort", () => void sandbox.kill());
    act(sandbox);
    return ok(sandbox);
  });
  return { isolation, sandbox };
}

test("a sandbox that dies is lost, with what it said last", async () => {
  const { isolation, sandbox } = launched((process) => process.end("exited"));
  expect(await endOf(await start(isolation))).toMatchObject([
    { status: "failed", error: { code: "sandbox-lost", message: expect.stringContaining("said last") } },
  ]);
  expect(sandbox.killed).toBeGreaterThan(0);
});

test("a sandbox that the system killed for its memory hit a limit", async () => {
  const { isolation } = launched((process) => process.end("memory"));
  expect(await endOf(await start(isolation))).toMatchObject([
    { type: "limit.hit", limit: "memory", value: 2 * 1024 ** 3 },
    { status: "failed", error: { code: "limit-memory" } },
  ]);
});

test("a sandbox that talks nonsense is ended", async () => {
  const { isolation, sandbox } = launched((process) => process.output.write("hello?\n"));
  expect(await endOf(await start(isolation))).toMatchObject([
    { status: "failed", error: { code: "protocol-error" } },
  ]);
  expect(sandbox.killed).toBeGreaterThan(0);
});

test("a sandbox that says nothing is ended when its time is over", async () => {
  const { isolation, sandbox } = launched(() => {});
  expect(await endOf(await start(isolation, 0.05))).toMatchObject([
    { type: "limit.hit", limit: "time" },
    { status: "timed_out", error: { code: "limit-time" } },
  ]);
  expect(sandbox.killed).toBeGreaterThan(0);
});

test("a sandbox that does not hear the cancel is ended by the second one", async () => {
  const { isolation, sandbox } = launched(() => {});
  const handle = await start(isolation);
  await expect.poll(() => sandbox.input.readableLength).toBeGreaterThan(0);
  handle.cancel();
  handle.cancel();
  expect(await endOf(handle)).toMatchObject([{ status: "cancelled", error: { code: "cancelled" } }]);
});

test("a cancel that a launch comes to know too late: the sandbox is removed, nothing runs in it", async () => {
  const sandbox = new ScriptedSandbox();
  const launching = Promise.withResolvers<void>();
  const isolation = isolationOf(
    (_policy, signal) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => resolve(ok(sandbox)));
        launching.resolve();
      }),
  );
  const handle = await start(isolation);
  await launching.promise;
  handle.cancel();
  expect(await endOf(handle)).toMatchObject([{ status: "cancelled" }]);
  expect(sandbox.killed).toBeGreaterThan(0);
  expect(sandbox.input.readableLength).toBe(0);
});

test("a cancel while the sandbox is being launched", async () => {
  const launching = Promise.withResolvers<void>();
  const isolation = isolationOf(
    (_policy, signal) =>
      new Promise((resolve) => {
        const stopped = fail({ code: "start-failed", message: "aborted", remedy: "" } as const);
        signal.addEventListener("abort", () => resolve(stopped));
        launching.resolve();
      }),
  );
  const handle = await start(isolation);
  await launching.promise;
  handle.cancel();
  expect(await endOf(handle)).toMatchObject([{ status: "cancelled" }]);
});

test("an isolation that can't be had after all says why", async () => {
  const problem = { code: "image-failed", message: "No room.", remedy: "Make some." } as const;
  const handle = await start(isolationOf(async () => fail(problem)));
  expect(await endOf(handle)).toMatchObject([
    { status: "failed", error: { code: "image-failed", message: "No room.\nMake some." } },
  ]);
});

test("a fault of ours ends the run too", async () => {
  const handle = await start(isolationOf(() => Promise.reject(new Error("a bug"))));
  expect(await endOf(handle)).toMatchObject([
    { status: "failed", error: { code: "internal-error", message: expect.stringContaining("a bug") } },
  ]);
});

test("an isolation that is not there starts nothing and leaves nothing", async () => {
  const plan = await preparePlan({
    file: path.join(root, "a.tac"),
    workspaceRoot: root,
    input: {},
    textInput: {},
    mock: false,
    grantAll: false,
  });
  if (!plan.ok) throw new Error(plan.error.message);
  const missing = fail({ code: "engine-unreachable", message: "No engine.", remedy: "Start it." } as const);
  const isolation: Isolation = { ...isolationOf(async () => missing), check: async () => missing };
  expect(await startRun(plan.value, { isolation })).toMatchObject({ ok: false, error: { exitCode: 3 } });
  expect(readdirSync(root)).toEqual(["a.tac"]);
});

/** Reads what the host says to the sandbox, and answers the start with a greeting and what else is said. */
function conversing(
  sandbox: ScriptedSandbox,
  said: (message: HostMessage) => readonly object[],
): HostMessage[] {
  const heard: HostMessage[] = [];
  const reader = new FrameReader();
  sandbox.input.on("data", (chunk: Uint8Array) => {
    for (const frame of reader.push(chunk)) {
      const message = frame as HostMessage;
      heard.push(message);
      for (const reply of said(message)) sandbox.output.write(encodeFrame(reply));
    }
  });
  return heard;
}

const nothingUsed = { inputTokens: 0, outputTokens: 0, totalTokens: 0 };

function helloTo(message: HostMessage): object[] {
  if (message.kind !== "start") return [];
  return [{ kind: "hello", version: 1, nonce: message.nonce, facts: { node: "v26", pid: 1 } }];
}

const asked = { turn: 1, agent: "a", provider: "p", model: "m", messages: [], tools: [], settings: {} };

/** A sandbox that asks a model, whatever the procedure says. */
const askingModel = () =>
  launched((sandbox) =>
    conversing(sandbox, (message) =>
      message.kind === "answer" || message.kind === "refusal"
        ? [{ kind: "finished", status: "completed", usage: nothingUsed, cost: 0 }]
        : [...helloTo(message), { kind: "request", id: 1, method: "model.generate", params: asked }],
    ),
  );

test("a sandbox that says it used nothing is not believed", async () => {
  writeFileSync(path.join(root, "a.tac"), 'm = Model { type = "llm", provider = "p", model = "m" }');
  const usage = { inputTokens: 30, outputTokens: 12, totalTokens: 42 };
  const generate = async () => ok({ text: "hi", toolCalls: [], finishReason: "stop", usage, cost: 0.5 });
  const { isolation } = askingModel();
  const models = [{ providers: ["p"], service: { generate } }];
  expect(await endOf(await start(isolation, 60, { extraModels: models }))).toMatchObject([
    { status: "completed", usage, cost: 0.5 },
  ]);
});

test("a sandbox that asks for what the procedure never names gets nothing", async () => {
  const generate = vi.fn();
  const { isolation } = askingModel();
  const handle = await start(isolation, 60, { extraModels: [{ providers: ["p"], service: { generate } }] });
  const denied: RunEvent[] = [];
  handle.onEvent((event) => {
    if (event.type === "tool.denied") denied.push(event);
  });
  await handle.finished;
  expect(denied).toMatchObject([{ tool: "p/m", reason: expect.stringContaining("does not list") }]);
  expect(generate).not.toHaveBeenCalled();
});

test("a debugged sandbox may live as long as its stops may, and differs in nothing else", async () => {
  const policies: SandboxPolicy[] = [];
  const isolation = isolationOf(async (policy) => {
    policies.push(policy);
    return fail({ code: "start-failed", message: "no", remedy: "none" });
  });
  await (await start(isolation)).finished;
  await (await start(isolation, 60, { debugger: new DebugLink() })).finished;
  const [plain, debugged] = policies.map((policy) => ({ ...policy, run: "" }));
  expect(debugged).toEqual({ ...plain, timeSeconds: 60 + longestStopSeconds });
});
