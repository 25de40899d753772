import { describe, expect, test } from "vitest";
import type { LuaEngine } from "../engine.ts";
import { engines, offer, options, outcome, run } from "./engines.ts";

/** Programs that look for a way out; each returns what it found, which must be nothing. */
const probes: ReadonlyArray<readonly [string, string, string]> = [
  [
    "globals of JavaScript",
    "return js, process, globalThis, require, window, Buffer",
    "[null,null,null,null,null,null]",
  ],
  [
    "names of prototypes",
    "return _G.constructor, _G.__proto__, ('').constructor, ({}).__proto__, ({}).constructor",
    "[null,null,null,null,null]",
  ],
  [
    "a host function as an object",
    "return (pcall(function() return host.constructor end)), type(host), getmetatable(host)",
    '[false,"function",null]',
  ],
  ["the metatable of strings", "return getmetatable(''), (pcall(setmetatable, '', {}))", "[false,false]"],
  ["bytecode", "return string.dump, load, loadstring", "[null,null,null]"],
  [
    "the registry and upvalues",
    "return debug.getregistry, debug.getupvalue, debug.setmetatable, debug.sethook, debug.getlocal",
    "[null,null,null,null,null]",
  ],
  [
    "functions through getinfo",
    "local i = debug.getinfo(1, 'f') return i.func, debug.getinfo(print, 'f').func",
    "[null,null]",
  ],
  ["modules already loaded", "return package, _LOADED", "[null,null]"],
  ["environment variables", "return os.getenv('HOME'), os.getenv('PATH')", "[null,null]"],
  [
    "files",
    "return io, os.remove, os.rename, os.execute, os.exit, dofile, loadfile",
    "[null,null,null,null,null,null,null]",
  ],
  ["fields of the library's own functions", "return (pcall(function() return print.x end))", "[false]"],
  [
    "the main coroutine",
    "local co = coroutine.running() return (coroutine.resume(co)), (pcall(coroutine.wrap, co))",
    "[false,false]",
  ],
  ["exceptions of the host", "return pcall(broken)", '[false,"broken failed inside the host"]'],
  [
    "an exception of the host with a decoy",
    "return pcall(broken, 1, 'decoy')",
    '[false,"broken failed inside the host"]',
  ],
  [
    "a host function inside a sort",
    "return pcall(table.sort, {3, 1, 2}, broken)",
    '[false,"broken failed inside the host"]',
  ],
  [
    "a host function as a coroutine",
    "return coroutine.resume(coroutine.create(broken))",
    '[false,"broken failed inside the host"]',
  ],
];

function probed(create: (typeof engines)[number]["create"]): LuaEngine {
  const engine = create(options());
  offer(engine, {
    host: () => undefined,
    broken: () => {
      throw new TypeError("a secret path: /home/someone");
    },
  });
  return engine;
}

describe.each(engines)("$name gives no way to", ({ create }) => {
  test.each(probes)("%s", (_name, program, found) => {
    expect(outcome(probed(create), program)).toBe(found);
  });

  test("the prototype of host objects", () => {
    const engine = probed(create);
    engine.globals.set(
      "decode",
      engine.createFunction("decode", (call) => ({ kind: "json", text: String(call.argument(1)) })),
    );
    expect(
      run(engine, `local t = decode('{"__proto__": {"polluted": true}, "constructor": 1}') return t`),
    ).toBe('[{"__proto__":{"polluted":true},"constructor":1}]');
    expect(run(engine, "return {__proto__ = {polluted = true}}")).toBe('[{"__proto__":{"polluted":true}}]');
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("another engine's values", () => {
    const stranger = probed(create).createTable();
    expect(() => probed(create).globals.set("x", stranger)).toThrow(/another Lua state/);
  });

  test("library functions that the host uses, by replacing them", () => {
    const engine = probed(create);
    run(
      engine,
      "string.rep, string.sub, tostring, type, pcall, error = nil, nil, nil, nil, nil, nil math.floor = nil table.concat = nil",
    );
    expect(
      run(engine, "print('x') return string.reverse('\\u{e9}a'), math.random(1, 1), os.date('%Y')"),
    ).toBe('["aé",1,"2026"]');
  });
});

describe.each(engines)("$name repeats itself:", ({ create }) => {
  const program = `
    local order = {}
    for key in pairs({a = 1, b = 2, c = 3, d = 4, e = 5, [{}] = 6, [print] = 7}) do order[#order + 1] = tostring(key) end
    return order, tostring({}), math.random(1e9), math.random(), collectgarbage("count")`;

  test("order of pairs, addresses, random numbers and memory", () => {
    expect(run(create(options()), program)).toBe(run(create(options()), program));
  });

  test("another seed gives other random numbers", () => {
    const numbers = (seed: number): string =>
      run(create(options({ seed })), "return math.random(1e9), math.random(1e9)");
    expect(numbers(1)).not.toBe(numbers(2));
  });
});

test("both engines draw the same random numbers", () => {
  const numbers = engines.map(({ create }) =>
    run(create(options()), "return math.random(100), math.random(), math.random(-5, 5)"),
  );
  expect(new Set(numbers).size).toBe(1);
});

describe.each(engines)("$name notices what differs between runs:", ({ create }) => {
  test.each([
    ["math.random", "local x = math.random(5)"],
    ["math.randomseed", "math.randomseed(1)"],
    ["os.time", "local x = os.time()"],
    ["os.date", "local x = os.date()"],
    ["os.clock", "local x = os.clock()"],
    ["os.getenv", "local x = os.getenv('A')"],
    ["os.tmpname", "local x = os.tmpname()"],
  ])("%s", (name, program) => {
    const noticed: unknown[] = [];
    const engine = create(options({ nondeterministic: (call, position) => noticed.push([call, position]) }));
    run(engine, `\n${program}`);
    expect(noticed).toEqual([[name, { chunk: "test.tac", line: 2 }]]);
  });

  test("print goes to the host, with tabs", () => {
    const printed: string[] = [];
    const engine = create(options({ print: (text) => printed.push(text) }));
    run(
      engine,
      "print('a', 1, 2.0, nil, true) print() print(setmetatable({}, {__tostring = function() return 'own' end})) warn('@on') warn('careful')",
    );
    expect(printed).toEqual(["a\t1\t2.0\tnil\ttrue\n", "\n", "own\n", "Lua warning: careful\n"]);
  });
});
