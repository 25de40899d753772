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
    expect(failure(engine, program)).toMatchObject({
      kind: "memory",
      message: "not enough memory",
      position: { chunk: "test.tac", line: 1 },
    });
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

/** Each would work for minutes or years inside one call of a library function. */
const longWork: ReadonlyArray<readonly [string, string]> = [
  ["a pattern that backtracks", "string.find(('a'):rep(60), ('a*'):rep(20) .. 'b')"],
  ["a pattern of optional parts", "string.match(('a'):rep(60), ('a?'):rep(60) .. ('a'):rep(60) .. 'b')"],
  ["a lazy pattern", "string.find(('a'):rep(20000), ('.-'):rep(9) .. 'b')"],
  ["a substitution", "string.gsub(('a'):rep(200000), 'a*b', '')"],
  ["a plain search", "string.find(('a'):rep(4000000), ('a'):rep(2000000) .. 'b', 1, true)"],
  ["repeating nothing", "string.rep('', 1e15)"],
  ["a move of nothing", "table.move({}, 1, 1e15, 2)"],
  ["an insertion", "table.insert(setmetatable({}, { __len = function() return 1e15 end }), 1, 1)"],
  ["a removal", "table.remove(setmetatable({}, { __len = function() return 1e15 end }), 1)"],
  [
    "going through what was removed",
    "local t = {} for i = 1, 1e6 do t[i] = 1 end for i = 1, 1e6 do t[i] = nil end while true do next(t) end",
  ],
  ["collecting garbage", "local t = {} for i = 1, 3e5 do t[i] = {} end while true do collectgarbage() end"],
];

describe("lua54-wasm stops inside of library functions:", () => {
  const [wasm] = engines;

  test.each(longWork)("%s, after so many turns", (_name, program) => {
    const engine = wasm!.create(options({ instructions: 30_000_000, memoryBytes: 64 << 20 }));
    const ended = failure(engine, `\n\n${program}`);
    expect(ended).toMatchObject({ kind: "instructions", position: { chunk: "test.tac", line: 3 } });
    expect(() => engine.load("return 1", "after").call()).toThrow(/instructions/);
  });

  test.each(longWork)("%s, when it is interrupted, whatever catches errors around it", (_name, program) => {
    let asked = 0;
    const interrupt = () => (++asked > 2000 ? "cancelled by a person" : undefined);
    const engine = wasm!.create(options({ interrupt, instructions: 1e12, memoryBytes: 64 << 20 }));
    const ended = failure(engine, `while true do\npcall(function() ${program} end)\nend`);
    expect(ended).toMatchObject({ kind: "aborted", message: "cancelled by a person" });
    expect(ended.position).toEqual({ chunk: "test.tac", line: 2 });
  });

  test("and counts each instruction of Lua itself once", () => {
    const engine = wasm!.create(options());
    run(engine, "for i = 1, 1e6 do end");
    expect(engine.usage().instructions).toBeLessThan(1_010_000);
  });

  test("and counts the same work in each run", () => {
    const work = () => {
      const engine = wasm!.create(options());
      run(engine, "return string.find(('a'):rep(26), ('a*'):rep(5) .. 'b')");
      return engine.usage().instructions;
    };
    expect(work()).toBeGreaterThan(100_000);
    expect(work()).toBe(work());
  });
});
