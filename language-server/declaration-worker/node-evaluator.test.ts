import { getEventListeners } from "node:events";
import { afterAll, describe, expect, test } from "vitest";
import type { EvaluatedDeclarations } from "#language/declarations/evaluated-declarations.ts";
import { createNodeEvaluator } from "./node-evaluator.ts";

const evaluator = createNodeEvaluator({ milliseconds: 700 });
afterAll(() => evaluator.dispose());

const declared = "t = Tool { function() end }\n";

function evaluate(text: string, slot?: string, signal?: AbortSignal): Promise<EvaluatedDeclarations> {
  return evaluator.evaluate({ uri: "file:///w/a.tac", text, ...(slot !== undefined && { slot }) }, signal);
}

function namesOf({ declarations }: EvaluatedDeclarations): (string | undefined)[] {
  return declarations.map(({ name }) => name);
}

/** Whatever a bomb ends for on this machine, it is one of its reasons; `kept`: what was declared before is there. */
interface Bomb {
  readonly what: string;
  readonly text: string;
  readonly reasons: readonly string[];
  readonly kept?: true;
}

const slow = ["deadline", "instructions"];
const any = ["deadline", "instructions", "memory", "error"];
const bombs: readonly Bomb[] = [
  { what: "an endless loop", text: "while true do end", reasons: slow, kept: true },
  { what: "a loop that catches", text: "while true do pcall(error) end", reasons: slow, kept: true },
  {
    what: "a coroutine that loops",
    text: "coroutine.wrap(function() while true do end end)()",
    reasons: slow,
    kept: true,
  },
  {
    what: "a sort that loops",
    text: "table.sort({ 2, 1 }, function() while true do end end)",
    reasons: slow,
    kept: true,
  },
  {
    what: "a pattern that backtracks",
    text: "local s = ('a'):rep(3000):find(('.-'):rep(30) .. 'b')",
    reasons: ["deadline"],
  },
  {
    what: "a doubled text",
    text: "local s = 'x' while true do s = s .. s end",
    reasons: ["memory"],
    kept: true,
  },
  {
    what: "a doubled text that catches",
    text: "local s = 'x' while true do pcall(function() s = s .. s end) end",
    reasons: ["memory"],
    kept: true,
  },
  { what: "a repeated text", text: "local s = string.rep('x', 2000000000)", reasons: ["memory"], kept: true },
  {
    what: "many kept texts",
    text: "local t = {} for i = 1, 1e6 do t[i] = ('x'):rep(500):rep(1000) .. i end",
    reasons: ["memory", "deadline"],
    kept: true,
  },
  {
    what: "a large replacement",
    text: "local s = ('x'):rep(100000):gsub('.', ('y'):rep(1000):rep(10))",
    reasons: ["memory", "deadline"],
  },
  {
    what: "a growing table",
    text: "local t = {} for i = 1, 1e9 do t[i] = { i, i, i, i, i, i } end",
    reasons: ["deadline", "memory"],
  },
  {
    what: "closures",
    text: "local t = {} for i = 1, 1e9 do t[i] = function() return i end end",
    reasons: ["deadline", "memory"],
  },
  { what: "tables in tables", text: "local t = {} while true do t = { t, t, {} } end", reasons: any },
  {
    what: "values on the stack",
    text: "local s = ('x'):rep(90000) local t = {} for i = 1, 1e6 do t[i] = { s:byte(1, -1) } end",
    reasons: any,
  },
  {
    what: "deep recursion",
    text: "local function f() return 1 + f() end f()",
    reasons: ["error", "deadline"],
  },
  { what: "recursion through pcall", text: "local function f() pcall(f) f() end f()", reasons: any },
  {
    what: "coroutines",
    text: "local t = {} for i = 1, 1e9 do t[i] = coroutine.create(function() coroutine.yield() end) coroutine.resume(t[i]) end",
    reasons: any,
  },
  {
    what: "coroutines in coroutines",
    text: "local function f() return coroutine.wrap(f)() end f()",
    reasons: any,
  },
  {
    what: "declarations without end",
    text: "while true do Agent { system_prompt = 'x' } end",
    reasons: ["size", "deadline"],
    kept: true,
  },
  {
    what: "a config of many entries",
    text: "local t = {} for i = 1, 200000 do t['k' .. i] = i end while true do Mocks(t) end",
    reasons: ["deadline", "size"],
  },
  { what: "nested brackets", text: `local t = ${"{".repeat(100_000)}`, reasons: ["syntax"] },
  { what: "nested calls", text: `local t = ${"f(".repeat(100_000)}`, reasons: ["syntax"] },
];

describe("a file that misbehaves costs a problem, and the evaluator goes on", { timeout: 30_000 }, () => {
  test.for(bombs)("$what", async ({ text, reasons, kept }) => {
    const evaluated = await evaluate(declared + text);
    expect(reasons).toContain(evaluated.problem?.reason);
    if (kept) expect(evaluated.declarations[0]).toMatchObject({ kind: "Tool", name: "t" });
    expect(namesOf(await evaluate(declared))).toEqual(["t"]);
  });
});

test("the heap of the worker is bounded, and its end is a problem like any", {
  timeout: 60_000,
}, async () => {
  const patient = createNodeEvaluator({ milliseconds: 40_000 });
  const text = "local t = {} for i = 1, 1e9 do t[i] = { i, i, i, i, i, i } end";
  expect((await patient.evaluate({ uri: "file:///a", text })).problem?.reason).toBe("memory");
  expect(namesOf(await patient.evaluate({ uri: "file:///a", text: declared }))).toEqual(["t"]);
  patient.dispose();
});

test("one after the other, each with its own answer", async () => {
  const all = await Promise.all(["a", "b", "c"].map((name) => evaluate(`${name} = Tool { function() end }`)));
  expect(all.map(namesOf)).toEqual([["a"], ["b"], ["c"]]);
});

test("of a slot only the newest that waits is evaluated", async () => {
  const running = evaluate(declared, "one");
  const dropped = expect(evaluate("x = 1", "one")).rejects.toMatchObject({ name: "AbortError" });
  const other = evaluate("b = Tool { function() end }", "two");
  const newest = evaluate("a = Tool { function() end }", "one");
  await dropped;
  expect((await Promise.all([running, other, newest])).map(namesOf)).toEqual([["t"], ["b"], ["a"]]);
});

test("the same sources in the same slot are evaluated once", async () => {
  const first = await evaluate(declared, "same");
  expect(await evaluate(declared, "same")).toBe(first);
  const modules = { m: { uri: "file:///w/m.tac", text: "x = 1" } };
  const other = await evaluator.evaluate({ uri: "file:///w/a.tac", text: declared, slot: "same", modules });
  expect(other).not.toBe(first);
  expect(await evaluate(declared)).not.toBe(first);
});

test("a cancelled request is rejected at once, and those behind it are answered", async () => {
  const cancel = new AbortController();
  const slow = evaluate("while true do end", undefined, cancel.signal);
  const waiting = evaluate("x = 1", undefined, cancel.signal);
  const behind = evaluate(declared);
  const rejected = [slow, waiting].map((each) => expect(each).rejects.toMatchObject({ name: "AbortError" }));
  cancel.abort();
  await Promise.all(rejected);
  expect(namesOf(await behind)).toEqual(["t"]);
  await expect(evaluate(declared, undefined, cancel.signal)).rejects.toMatchObject({ name: "AbortError" });
});

test("a signal that outlives its evaluations keeps none of their texts", async () => {
  const { signal } = new AbortController();
  const replaced = expect(evaluate("while true do end", "a", signal)).resolves.toBeDefined();
  const dropped = expect(evaluate("x = 1", "a", signal)).rejects.toMatchObject({ name: "AbortError" });
  await Promise.all([replaced, dropped, evaluate(declared, "a", signal)]);
  await evaluate(declared, "a", signal);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

test("after its end an evaluator rejects what waits and what comes", async () => {
  const ended = createNodeEvaluator();
  const running = expect(ended.evaluate({ uri: "file:///a", text: "while true do end" })).rejects.toThrow(
    /ended/,
  );
  const waiting = expect(ended.evaluate({ uri: "file:///a", text: "" })).rejects.toThrow(/ended/);
  ended.dispose();
  await Promise.all([running, waiting]);
  await expect(ended.evaluate({ uri: "file:///a", text: "" })).rejects.toMatchObject({ name: "AbortError" });
});

test("a worker that can't start is a problem, not an error", async () => {
  const broken = createNodeEvaluator({ worker: "/nowhere/worker.cjs" });
  const evaluated = await broken.evaluate({ uri: "file:///a", text: declared });
  expect(evaluated).toMatchObject({ declarations: [], problem: { reason: "unavailable" } });
  broken.dispose();
});

test("what crosses to the worker and back is whole", async () => {
  const text = 'local m = require("m")\nclerk = Agent { tools = { m }, n = 1.5, ["__proto__"] = "plain" }';
  const modules = { m: { uri: "file:///w/m.tac", text: "return Tool { name = 'm', function(a) end }" } };
  const evaluated = await evaluator.evaluate({ uri: "file:///w/a.tac", text, modules });
  expect(evaluated.problem).toBeUndefined();
  expect(evaluated.declarations[1]).toMatchObject({
    name: "clerk",
    config: { fields: { n: 1.5, tools: { items: [{ kind: "handle", name: "m", index: 0 }] } } },
  });
  expect(Object.keys(evaluated.declarations[1]?.config?.fields ?? {})).toContain("__proto__");
});
