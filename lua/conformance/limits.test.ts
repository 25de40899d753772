import { describe, expect, test } from "vitest";
import { engines, failure, offer, options, run } from "./engines.ts";

const endless: ReadonlyArray<readonly [string, string]> = [
  ["a loop", "while true do end"],
  ["goto", "::again:: goto again"],
  ["tail recursion", "local function f() return f() end f()"],
  ["a loop around pcall", "while true do pcall(function() while true do end end) end"],
  ["a recursion of pcall", "local function f() while true do pcall(f) end end f()"],
  [
    "a handler that loops",
    "xpcall(function() while true do end end, function() while true do end end) return 1",
  ],
  ["a handler of an error that loops", "xpcall(error, function() while true do end end, 'x') return 1"],
  ["a loop in a coroutine", "coroutine.wrap(function() while true do end end)()"],
  [
    "coroutines that catch",
    "while true do coroutine.wrap(function() pcall(function() while true do end end) end)() end",
  ],
  [
    "a coroutine made before the end",
    "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do pcall(co) end",
  ],
  ["a comparator", "table.sort({3, 1, 2}, function() while true do end end)"],
  ["a gsub callback", "('x'):gsub('.', function() while true do end end)"],
  [
    "a metamethod",
    "local t = setmetatable({}, {__index = function() while true do end end}) while true do pcall(function() return t.x end) end",
  ],
  ["__tostring", "print(setmetatable({}, {__tostring = function() while true do end end}))"],
  ["a loop below the host", "through(function() while true do end end)"],
  ["a host function that swallows", "while true do swallow(function() while true do end end) end"],
];

describe.each(engines)("$name stops", ({ create }) => {
  const started = (changes: Parameters<typeof options>[0]): ReturnType<typeof create> => {
    const engine = create(options(changes));
    const callFirst = (call: Parameters<Parameters<typeof offer>[1][string]>[0]): void => {
      const target = call.argument(1);
      if (typeof target === "object" && target.kind === "function") target.call();
    };
    offer(engine, {
      through: callFirst,
      swallow: (call) => {
        try {
          callFirst(call);
        } catch {
          // A careless host function: the limit must hold all the same.
        }
      },
    });
    return engine;
  };

  test.each(endless)("%s after its instructions", (_name, program) => {
    const engine = started({ instructions: 300_000 });
    expect(failure(engine, program)).toMatchObject({ kind: "instructions" });
    expect(engine.usage().instructions).toBeLessThan(310_000);
    expect(() => engine.load("return 1", "after").call()).toThrow(/instructions/);
  });

  test.each(endless)("%s when it is interrupted", (_name, program) => {
    let checks = 0;
    const engine = started({ interrupt: () => (++checks > 20 ? "cancelled by a person" : undefined) });
    expect(failure(engine, program)).toMatchObject({ kind: "aborted", message: "cancelled by a person" });
    expect(checks).toBe(21);
  });

  test("a program with few instructions before it begins", () => {
    expect(failure(started({ instructions: 1 }), "local x = 1 for i = 1, 10 do x = x + i end")).toMatchObject(
      {
        kind: "instructions",
      },
    );
  });

  test("deep recursion", () => {
    expect(failure(started({}), "local function f() return 1 + f() end return f()").message).toMatch(
      /stack overflow|not enough memory/,
    );
  });

  test.each([
    ["gsub", "local function f() return (('a'):gsub('a', f)) end return pcall(f)"],
    ["sort", "local function f() table.sort({1, 2, 3}, f) end return pcall(f)"],
    [
      "tostring",
      "local t = setmetatable({}, {}) getmetatable(t).__tostring = function() return tostring(t) end return pcall(tostring, t)",
    ],
    ["coroutines", "local function f() return coroutine.wrap(f)() end return pcall(f)"],
    [
      "metamethods",
      "local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) return t[k] end return pcall(function() return t.x end)",
    ],
  ])("a recursion through %s, and goes on", (_name, program) => {
    const engine = started({});
    expect(run(engine, program)).toMatch(/^\[false,/);
    expect(run(engine, "return 1 + 1")).toBe("[2]");
  });
});

const hoards: ReadonlyArray<readonly [string, string]> = [
  ["a growing table", "local t = {} for i = 1, 1e9 do t[i] = {} end"],
  ["one long string", "return #string.rep('x', 1000000000)"],
  ["a doubled string", "local s = 'x' while true do s = s .. s end"],
  ["kept strings", "local t = {} for i = 1, 1000 do t[i] = string.rep('x', 500000) .. i end"],
  ["coroutines", "local t = {} for i = 1, 1e7 do t[i] = coroutine.create(function() end) end"],
  ["closures", "local t = {} for i = 1, 1e8 do t[i] = function() return i end end"],
  [
    "a table of one concat",
    "local t = {} for i = 1, 1000 do t[i] = ('x'):rep(30000) end return #table.concat(t) + #table.concat(t, ('y'):rep(9000))",
  ],
  ["gsub output", "return #(('x'):rep(100000):gsub('.', ('y'):rep(1000)))"],
  ["values of the host", "local t = {} for i = 1, 1e6 do t[i] = long(i) end"],
  ["JSON of the host", "local t = {} for i = 1, 1e6 do t[i] = list() end"],
];

describe("lua54-wasm bounds memory for", () => {
  const [wasm] = engines;
  const memoryBytes = 16 << 20;

  test.each(hoards)("%s", (_name, program) => {
    const engine = wasm!.create(options({ memoryBytes }));
    offer(engine, {
      long: (call) => `${call.argument(1)}${"z".repeat(100_000)}`,
      list: () => ({ kind: "json", text: JSON.stringify(Array.from({ length: 1000 }, (_, index) => index)) }),
    });
    expect(failure(engine, program)).toMatchObject({ kind: "memory", message: "not enough memory" });
    expect(engine.usage().peakMemoryBytes).toBeLessThan(memoryBytes * 1.1);
    expect(run(engine, "return 1 + 1")).toBe("[2]");
  });

  test("a program that catches the error and goes on", () => {
    const engine = wasm!.create(options({ memoryBytes }));
    const program =
      "local done, problem = pcall(string.rep, 'x', 1e9) return done, problem, #string.rep('x', 1000)";
    expect(run(engine, program)).toBe('[false,"not enough memory",1000]');
  });

  test("garbage, which is collected before anything fails", () => {
    const engine = wasm!.create(options({ memoryBytes }));
    offer(engine, { long: () => "z".repeat(3_000_000) });
    expect(run(engine, "local n = 0 for i = 1, 100 do n = n + #long() end return n")).toBe("[300000000]");
  });
});
