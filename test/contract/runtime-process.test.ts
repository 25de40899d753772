import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { SpawnedRuntime } from "../support/spawn-runtime.ts";

const body = (text: string): string => `Procedure { function(input)\n${text}\nend }`;
const endless = body('Log.info("begun")\nwhile true do pcall(function() while true do end end) end');
/** One call of a library function that works for minutes: no instruction passes, only turns of loops in C. */
const stuck = body('Log.info("begun")\nlocal s = string.rep("a", 300000)\ns:find(".-.-.-.-b")');

function seconds(since: number): number {
  return (performance.now() - since) / 1000;
}

test("a run: hello with the nonce, events, one end, exit", async () => {
  await using runtime = new SpawnedRuntime();
  runtime.start(body('Log.info("hi") return {ok = true}'));
  await runtime.exited;
  expect(runtime.process.exitCode).toBe(0);
  expect(runtime.messages).toMatchObject([
    { kind: "hello", version: 1, nonce: "nonce-of-the-test-run", facts: { pid: runtime.process.pid } },
    { kind: "event", event: { type: "log", message: "hi" } },
    { kind: "finished", status: "completed", result: { ok: true } },
  ]);
});

test("a runtime that waited for its start has warmed up, and nothing of that is seen", async () => {
  await using runtime = new SpawnedRuntime();
  // Longer than a worker needs to load from the sources and to warm up.
  await pause(2000);
  runtime.start(body("state.seen = (state.seen or 0) + 1 return {seen = state.seen, value = state.value}"));
  await runtime.exited;
  const events = runtime.messages.flatMap((message) => (message.kind === "event" ? [message.event] : []));
  expect(events).toEqual([expect.objectContaining({ type: "state", key: "seen", value: 1 })]);
  expect(await runtime.next("finished")).toMatchObject({ status: "completed", result: { seen: 1 } });
  expect(await runtime.next("finished")).not.toHaveProperty("result.value");
});

test("requests block until they are answered or refused", async () => {
  await using runtime = new SpawnedRuntime();
  runtime.start(body('local a = File.read("a"); local ok, e = pcall(File.read, "b"); return {a, ok, e}'));
  const first = await runtime.next("request");
  expect(first).toMatchObject({ id: 1, method: "file.read", params: { path: "a" } });
  runtime.send({ kind: "answer", id: 1, value: { text: "A" } });
  runtime.send({ kind: "refusal", id: 2, code: "file-denied", message: "no" });
  expect(await runtime.next("finished")).toMatchObject({ status: "completed", result: ["A", false, "no"] });
});

test("an event leaves although the procedure never rests", async () => {
  await using runtime = new SpawnedRuntime();
  runtime.start(endless);
  expect(await runtime.next("event")).toMatchObject({ event: { type: "log", message: "begun" } });
});

test.for([
  { name: "in a loop that catches everything", source: endless, wait: "event", within: 0.9 },
  {
    name: "while it waits for an answer",
    source: body('while true do pcall(File.read, "a") end'),
    wait: "request",
    within: 0.9,
  },
  {
    name: "while it sleeps",
    source: body('Log.info("x") while true do pcall(Sleep, 100) end'),
    wait: "event",
    within: 0.9,
  },
  { name: "inside a library function", source: stuck, wait: "event", within: 3 },
] as const)("cancel $name", async ({ source, wait, within }) => {
  await using runtime = new SpawnedRuntime();
  runtime.start(source);
  await runtime.next(wait);
  const cancelled = performance.now();
  runtime.send({ kind: "cancel" });
  await runtime.exited;
  expect(seconds(cancelled)).toBeLessThan(within);
  expect(runtime.messages.filter(({ kind }) => kind === "finished")).toMatchObject([{ status: "cancelled" }]);
});

test.for([
  { name: "in a loop that catches everything", source: endless, line: 3 },
  { name: "inside a library function", source: stuck, line: 4 },
  { name: "while it waits for an answer", source: body('\nFile.read("a")'), line: 3 },
])("the time limit $name", async ({ source, line }) => {
  await using runtime = new SpawnedRuntime();
  runtime.start(source, { limits: { timeSeconds: 1.5 } });
  await runtime.exited;
  expect(runtime.messages.slice(-2)).toMatchObject([
    { kind: "event", event: { type: "limit.hit", limit: "time", value: 1.5 } },
    { kind: "finished", status: "timed_out", error: { code: "limit-time" } },
  ]);
  const finished = await runtime.next("finished");
  expect(finished.error?.line).toBe(line);
});

test("too much output ends the run, with all that came before", async () => {
  await using runtime = new SpawnedRuntime();
  runtime.start(body('while true do pcall(Log.info, "x") end'), { limits: { outputBytes: 100_000 } });
  await runtime.exited;
  const bytes = JSON.stringify(runtime.messages).length;
  expect(bytes).toBeGreaterThan(90_000);
  expect(bytes).toBeLessThan(110_000);
  expect(runtime.messages.slice(-2)).toMatchObject([
    { kind: "event", event: { type: "limit.hit", limit: "output", value: 100_000 } },
    { kind: "finished", status: "failed", error: { code: "limit-output" } },
  ]);
});

test("a value larger than a frame is an error of the procedure", async () => {
  await using runtime = new SpawnedRuntime();
  runtime.start(body('local ok = pcall(Log.info, string.rep("x", 5000000)) return ok'));
  expect(await runtime.next("finished")).toMatchObject({ status: "completed", result: false });
});

test("a host that does not read stops the procedure, not the memory", async () => {
  await using runtime = new SpawnedRuntime({ unread: true });
  const count = 20_000;
  runtime.start(body(`local s = string.rep("x", 2000)\nfor i = 1, ${count} do Log.info(s) end\nreturn 1`));
  const before = await settledMemory(runtime.process.pid ?? 0);
  expect(before).toBeLessThan(200 * 1024 * 1024);
  runtime.read();
  await runtime.exited;
  expect(runtime.messages).toHaveLength(count + 2);
  expect(runtime.messages.at(-1)).toMatchObject({ kind: "finished", status: "completed" });
});

/** Resident bytes of a process, once they no longer grow. */
async function settledMemory(pid: number): Promise<number> {
  for (let last = 0, same = 0; ; ) {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, "utf8").split(" ")[1]);
    same = Math.abs(pages - last) < 64 ? same + 1 : 0;
    if (same >= 10) return pages * 4096;
    last = pages;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test.for([
  { name: "before the start", source: undefined },
  { name: "while the procedure runs", source: endless },
  { name: "inside a library function", source: stuck },
])("the end of its input ends the process: $name", async ({ source }) => {
  await using runtime = new SpawnedRuntime();
  if (source !== undefined) {
    runtime.start(source);
    await runtime.next("event");
  }
  const ended = performance.now();
  runtime.process.stdin?.end();
  await runtime.exited;
  expect(runtime.process.exitCode).toBe(0);
  expect(seconds(ended)).toBeLessThan(1.5);
});

test.for([
  { name: "that is not JSON", bytes: "{\n" },
  { name: "of an unknown kind", bytes: '{"kind":"surprise"}\n' },
  { name: "of another version", bytes: '{"kind":"start","version":99}\n' },
])("a message $name ends the run", async ({ bytes }) => {
  await using runtime = new SpawnedRuntime();
  runtime.process.stdin?.write(bytes);
  await runtime.exited;
  expect(runtime.messages).toMatchObject([
    { kind: "finished", status: "failed", error: { code: "protocol-error" } },
  ]);
});

test("a second start ends the run", async () => {
  await using runtime = new SpawnedRuntime();
  runtime.start(endless);
  await runtime.next("event");
  runtime.start(endless);
  await runtime.exited;
  expect(runtime.messages.at(-1)).toMatchObject({ status: "failed", error: { code: "protocol-error" } });
});

test("it runs under the permission model, without code from strings and without __proto__", async () => {
  const project = fileURLToPath(new URL("../../", import.meta.url));
  await using runtime = new SpawnedRuntime({
    flags: [
      "--no-warnings",
      "--permission",
      `--allow-fs-read=${project}*`,
      "--allow-worker",
      "--disallow-code-generation-from-strings",
      "--disable-proto=delete",
    ],
  });
  runtime.start(
    `a = Agent { provider = "openai", model = "m", system_prompt = "s" }\n${body("return a('x').output")}`,
    { mock: true },
  );
  expect(await runtime.next("finished")).toMatchObject({ result: "Mocked response from a" });
});

test("ten thousand tool calls, three events each", async () => {
  await using runtime = new SpawnedRuntime();
  runtime.start(
    `add = Tool { input = {a = field.number{}}, function(args) return args.a + 1 end }\n${body("local n = 0 for i = 1, 10000 do n = add({a = n}) end return n")}`,
  );
  await runtime.next("hello");
  await runtime.exited;
  expect(runtime.messages).toHaveLength(30_002);
});
