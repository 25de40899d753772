import { describe, expect, test } from "vitest";
import type { LuaEngine } from "../engine.ts";
import { LuaError } from "../engine.ts";
import { engines, offer, options, run } from "./engines.ts";

/** `ask(x)` gives x back from the host, `refuse(text)` fails there, `through(f, …)` calls f from there. */
function withHost(engine: LuaEngine): LuaEngine {
  offer(engine, {
    ask: (call) => call.argument(1),
    refuse: (call) => {
      throw new LuaError(String(call.argument(1)));
    },
    through: (call) => {
      const target = call.argument(1);
      if (typeof target !== "object" || target.kind !== "function") throw new LuaError("no function");
      return target.call(
        ...Array.from({ length: call.argumentCount - 1 }, (_, index) => call.argument(index + 2)),
      );
    },
  });
  return engine;
}

/** Places from which the host is called, and what the program returns. */
const places: ReadonlyArray<{
  place: string;
  program: string;
  results: string;
  /** The engine whose Lua has no such place. */
  notIn?: LuaEngine["name"];
}> = [
  { place: "plain code", program: "return ask(1) + ask(2)", results: "[3]" },
  { place: "a tail call", program: "return ask(7)", results: "[7]" },
  {
    place: "loops",
    program: "local s = 0 for i = 1, 1000 do s = s + ask(i) end return s",
    results: "[500500]",
  },
  {
    place: "a table constructor and varargs",
    program: "local function f(...) return {ask(1), ask(...)} end return f(5, 6)",
    results: "[[1,5]]",
  },
  { place: "pcall", program: "return pcall(function() return pcall(ask, 4) end)", results: "[true,true,4]" },
  { place: "a failure in pcall", program: "return pcall(refuse, 'no')", results: '[false,"no"]' },
  {
    place: "xpcall and its handler",
    program: "return xpcall(function() refuse('no') end, function(m) return ask(m) .. '!' end)",
    results: '[false,"no!"]',
  },
  {
    place: "__index and __newindex",
    program:
      "local t = setmetatable({}, {__index = function(_, k) return ask(k) end, __newindex = function(t, k, v) rawset(t, k, ask(v) + 1) end}) t.a = 1 return t.a, t.b",
    results: '[2,"b"]',
  },
  {
    place: "arithmetic metamethods",
    program:
      "local m = {__add = function() return ask(1) end, __concat = function() return ask('c') end, __unm = function() return ask(-1) end} local t = setmetatable({}, m) return t + 1, t .. 'x', -t",
    results: '[1,"c",-1]',
  },
  {
    place: "comparison metamethods",
    program:
      "local m = {__eq = function() return ask(true) end, __lt = function() return ask(true) end, __le = function() return ask(false) end} local a, b = setmetatable({}, m), setmetatable({}, m) return a == b, a < b, a <= b",
    results: "[true,true,false]",
  },
  {
    place: "__len and __call",
    program:
      "local t = setmetatable({}, {__len = function() return ask(9) end, __call = function(_, x) return ask(x) end}) return #t, t(4)",
    results: "[9,4]",
  },
  {
    place: "__tostring",
    program:
      "local t = setmetatable({}, {__tostring = function() return 'v' .. ask(1) end}) return tostring(t), ('%s'):format(t)",
    results: '["v1","v1"]',
  },
  {
    place: "__pairs",
    program:
      "local n = 0 for _, v in pairs(setmetatable({}, {__pairs = function() ask(1) return next, {ask(2)}, nil end})) do n = n + v end return n",
    results: "[2]",
  },
  {
    place: "__close",
    program:
      "local log = {} do local h <close> = setmetatable({}, {__close = function() log[1] = ask('closed') end}) end return log",
    results: '[["closed"]]',
    notIn: "fengari",
  },
  {
    place: "a generic for",
    program:
      "local s = 0 for i in function(_, i) i = (i or 0) + 1 if i <= 3 then return ask(i) end end do s = s + i end return s",
    results: "[6]",
  },
  {
    place: "ipairs, concat and unpack over __index",
    program:
      "local t = setmetatable({}, {__index = function(_, i) if i <= 3 then return ask('x') end end, __len = function() return 3 end}) local n = 0 for i in ipairs(t) do n = i end return n, table.concat(t), table.unpack(t)",
    results: '[3,"xxx","x","x","x"]',
  },
  {
    place: "a sort comparator",
    program: "local t = {3, 1, 2} table.sort(t, function(a, b) return ask(a) < ask(b) end) return t",
    results: "[[1,2,3]]",
  },
  {
    place: "gsub callbacks",
    program:
      "return (('abc'):gsub('.', function(c) return ask(c) .. '.' end)), (('abc'):gsub('.', setmetatable({}, {__index = function(_, c) return ask(c) .. '!' end})))",
    results: '["a.b.c.","a!b!c!"]',
  },
  {
    place: "a gmatch loop",
    program: "local s = '' for w in ('a b c'):gmatch('%a') do s = s .. ask(w) end return s",
    results: '["abc"]',
  },
  {
    place: "coroutines",
    program:
      "local g = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(ask(i)) end end) return g(), g(), g()",
    results: "[1,2,3]",
  },
  {
    place: "nested coroutines",
    program:
      "local function nest(n) if n == 0 then return ask('deep') end return coroutine.wrap(function() return nest(n - 1) end)() end return nest(5)",
    results: '["deep"]',
  },
  {
    place: "a failure in a coroutine",
    program: "local co = coroutine.create(function() refuse('inside') end) return coroutine.resume(co)",
    results: '[false,"inside"]',
  },
  {
    place: "Lua called from the host",
    program: "return through(function(a, b) return ask(a) + b end, 1, 2)",
    results: "[3]",
  },
  {
    place: "several levels of both",
    program:
      "local function f(n) if n == 0 then return ask('bottom') end return through(f, n - 1) end return f(20)",
    results: '["bottom"]',
  },
  {
    place: "a coroutine around the host",
    program:
      "local g = coroutine.wrap(function() local x = through(function() return ask(1) end) coroutine.yield(x) return 2 end) return g(), g()",
    results: "[1,2]",
  },
  {
    place: "a coroutine inside the host",
    program:
      "return through(function() local g = coroutine.wrap(function() coroutine.yield(ask(5)) end) return g() end)",
    results: "[5]",
  },
  { place: "no result", program: "return (through(function() end))", results: "[null]" },
];

describe.each(engines)("$name calls the host from", ({ name, create }) => {
  test.each(places.filter(({ notIn }) => notIn !== name))("$place", ({ program, results }) => {
    expect(run(withHost(create(options())), program)).toBe(results);
  });

  test("a yield across a host function is an error that names it", () => {
    const program =
      "local co = coroutine.create(function() through(coroutine.yield) end) return coroutine.resume(co)";
    expect(run(withHost(create(options())), program)).toMatch(
      /attempt to yield across a (C|JS)-call boundary/,
    );
  });

  test("host functions that call each other without end run into Lua's own limit", () => {
    const program = "local function f() return through(f) end return pcall(f)";
    expect(run(withHost(create(options())), program)).toMatch(/^\[false,".*(stack overflow)/);
  });
});
