import { expect, test } from "vitest";
import type { LuaEngine } from "../../engine.ts";
import type { InspectionListener, LuaInspector } from "../../inspection.ts";
import { createWasmEngineFactory } from "../create-wasm-engine.ts";
import { openInspector } from "./open-inspector.ts";

const createEngine = await createWasmEngineFactory();

interface Opened {
  readonly engine: LuaEngine;
  readonly inspector: LuaInspector;
}

function open(listener: Partial<InspectionListener> = {}): Opened {
  const engine = createEngine({
    memoryBytes: 64 << 20,
    instructions: 1e9,
    seed: 1,
    now: () => 0,
    print: () => undefined,
  });
  const ignore = (): void => undefined;
  const inspector = openInspector(engine, {
    onLine: ignore,
    onInstructions: ignore,
    onCaughtError: ignore,
    onUncaughtError: ignore,
    ...listener,
  });
  return { engine, inspector };
}

/** Runs a text and gives what `look` sees at each of the lines. */
function lookAt<Seen>(
  source: string,
  lines: "all" | number[],
  look: (at: Opened & { thread: number; line: number }) => Seen,
): Seen[] {
  const seen: Seen[] = [];
  const opened = open({ onLine: (thread, line) => seen.push(look({ ...opened, thread, line })) });
  opened.inspector.watchLines(lines === "all" ? "all" : new Set(lines));
  opened.engine.load(source, "a.tac").call();
  opened.engine.close();
  return seen;
}

test("lines are told that are watched, in coroutines made before and after too", () => {
  const source =
    "local co = coroutine.wrap(function()\n coroutine.yield()\n return 1\nend)\nco()\nlocal x = 1\nco()";
  expect(lookAt(source, [2, 3, 6], ({ thread, line }) => [thread, line])).toEqual([
    [2, 2],
    [1, 6],
    [2, 3],
  ]);
});

test("locals, upvalues and arguments are read and set", () => {
  const source = `local up = 1
local function f(a, ...)
  local b = a + up
  return b
end
return f(2, "x")`;
  const seen = lookAt(source, [4], ({ inspector, thread }) => {
    const at = { thread, level: 0 };
    const names = inspector.locals(at).map(({ name, text: value }) => `${name}=${value}`);
    inspector.setLocal(at, "b", 40);
    inspector.setUpvalue(at, "up", 9);
    const after = inspector.upvalues(at).map(({ name, text: value }) => `${name}=${value}`);
    return { names, after, local: inspector.locals(at).find(({ name }) => name === "b")?.text };
  });
  expect(seen).toEqual([{ names: ["a=2", "b=3", "...1=x"], after: ["up=9"], local: "40" }]);
});

test.each([
  ["a + up", "pure", "3"],
  ["missing", "pure", "nil"],
  ["#('x' .. a)", "pure", "2"],
  ["string.format('%d', a)", "pure", "2"],
  ["('abc'):sub(2)", "pure", "bc"],
  ["setmetatable({}, {})", "pure", "impure"],
  ["change()", "pure", "impure"],
  ["t.x", "pure", "impure"],
  ["change()", "free", "changed"],
  ["a = 5", "free", "nil"],
  ["while true do end", "free", "failed: The expression took too long."],
  ["a +", "free", "failed: unexpected symbol near <eof>"],
  ["error('no')", "free", "failed: no"],
  ["coroutine.yield()", "free", "failed: An expression can't wait or yield."],
] as const)("in a frame, %s (%s) is %s", (expression, mode, expected) => {
  const source = `local up = 1
local t = setmetatable({}, { __index = function() return 1 end })
function change() up = 7 return "changed" end
local function f(a)
  return a, up, t
end
return f(2)`;
  const [seen] = lookAt(source, [5], ({ inspector, thread }) => {
    const result = inspector.evaluate({ text: expression, mode, frame: { thread, level: 0 } });
    if (result.ok) return result.value.text;
    return result.reason === "failed" ? `failed: ${result.message}` : result.reason;
  });
  expect(seen).toBe(expected);
});

test("what an expression assigns to is assigned in the frame", () => {
  const source = "local a, t = 1, {}\nlocal function f() return a end\nreturn f(), t";
  const opened = open({
    onLine: (thread) => {
      const frame = { thread, level: 0 };
      opened.inspector.evaluate({ text: "a = 5; t.x = 'set'; made = 1", mode: "free", frame });
    },
  });
  opened.inspector.watchLines(new Set([3]));
  const [value, table] = opened.engine.load(source, "a.tac").call();
  expect(value).toBe(5);
  expect(typeof table === "object" && table.kind === "table" && table.get("x")).toBe("set");
  expect(opened.engine.globals.get("made")).toBe(1);
});

test("errors are told where they are raised: caught ones when asked for, others always, each once", () => {
  const told: string[] = [];
  const opened = open({
    onCaughtError: (thread, message) => told.push(`caught ${thread} ${message} at ${lineOf(opened, thread)}`),
    onUncaughtError: (thread, message) =>
      told.push(`uncaught ${thread} ${message} at ${lineOf(opened, thread)}`),
  });
  const source = `local ok, problem = pcall(function()
  error("first", 0)
end)
assert(not ok and problem == "first")
assert(select("#", pcall(function(...) return ... end, 1, 2)) == 3)
local _, handled = xpcall(function() return nil + 1 end, function(e) return "handled" end)
assert(handled == "handled")
local co = coroutine.create(function() error("inside", 0) end)
local resumed, inside = coroutine.resume(co)
assert(not resumed and inside == "inside")
assert(not coroutine.resume(co))
error("last", 0)`;
  opened.inspector.watchCaughtErrors(true);
  expect(() => opened.engine.load(source, "a.tac").call()).toThrow("last");
  expect(told).toEqual([
    "caught 1 first at 2",
    "caught 1 a.tac:6: attempt to perform arithmetic on a nil value at 6",
    "caught 1 inside at 9",
    "uncaught 1 last at 12",
  ]);
  told.length = 0;
  opened.inspector.watchCaughtErrors(false);
  opened.engine.load("pcall(error, 'x')", "b.tac").call();
  expect(told).toEqual([]);
});

function lineOf({ inspector }: Opened, thread: number): number | undefined {
  return inspector
    .frames(thread, 0, 10)
    .find(({ kind, chunk }) => kind !== "native" && !chunk.startsWith("="))?.line;
}

test("lines that can be stopped at are known before anything runs, also those of functions that do not exist yet", () => {
  const { engine, inspector } = open();
  const source =
    "-- comment\n\nlocal x = 1\nfunction f()\n  -- nothing\n  local t = {\n    a = g(),\n  }\n  return t\nend\n";
  expect(inspector.linesOf(engine.load(source, "a.tac"))).toEqual([3, 4, 6, 7, 9, 10]);
});

test("frames, their depth and whether an error would be caught", () => {
  const source = `local function inner()
  return 1
end
local function outer() local r = inner() return r end
pcall(outer)
coroutine.wrap(function() outer() end)()`;
  const seen = lookAt(source, [2], ({ inspector, thread }) => ({
    thread,
    depth: inspector.depth(thread),
    deeper: [inspector.isDeeperThan(thread, 1), inspector.isDeeperThan(thread, 9)],
    caught: inspector.isProtected(),
    names: inspector.frames(thread, 0, 20).map(({ name, line, kind }) => name ?? `${kind}:${line}`),
    threads: inspector.threads(),
  }));
  expect(seen).toMatchInlineSnapshot(`
    [
      {
        "caught": true,
        "deeper": [
          true,
          false,
        ],
        "depth": 4,
        "names": [
          "inner",
          "lua:4",
          "pcall",
          "main:5",
        ],
        "thread": 1,
        "threads": [
          {
            "id": 1,
            "state": "running",
          },
        ],
      },
      {
        "caught": false,
        "deeper": [
          true,
          false,
        ],
        "depth": 3,
        "names": [
          "inner",
          "outer",
          "lua:6",
        ],
        "thread": 2,
        "threads": [
          {
            "id": 1,
            "state": "calling",
          },
          {
            "id": 2,
            "state": "running",
          },
        ],
      },
    ]
  `);
});
