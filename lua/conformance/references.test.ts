import { describe, expect, test } from "vitest";
import type { LuaEngine, LuaFunction, LuaTable, LuaValue } from "../engine.ts";
import { engines, offer, options, run } from "./engines.ts";

function table(value: LuaValue): LuaTable {
  if (typeof value === "object" && value.kind === "table") return value;
  throw new Error("no table");
}

function closure(value: LuaValue): LuaFunction {
  if (typeof value === "object" && value.kind === "function") return value;
  throw new Error("no function");
}

function result(engine: LuaEngine, program: string): LuaValue {
  return engine.load(program, "test.tac").call()[0];
}

describe.each(engines)("references of $name", ({ name, create }) => {
  test("read and write tables without metamethods", () => {
    const engine = create(options());
    const object = table(
      result(
        engine,
        "object = setmetatable({1, 2, x = 'y'}, {__index = error, __newindex = error, __len = error}) return object",
      ),
    );
    object.set("new", 2.5);
    object.set(3, "third");
    object.set("x", undefined);
    expect([object.get(1), object.get("x"), object.get("absent"), object.length()]).toEqual([
      1,
      undefined,
      undefined,
      3,
    ]);
    expect(run(engine, "return object.new, object[3], rawget(object, 'x')")).toBe('[2.5,"third",null]');
    expect(() => object.set(Number.NaN, 1)).toThrow(/NaN/);
  });

  test("list entries in a stable order", () => {
    const engine = create(options());
    const entries = table(
      result(engine, "return {b = 1, a = 2, [3] = 'c', 'x', 'y', [1.5] = 'f', [-1] = 'n', [true] = 't'}"),
    ).entries();
    expect(entries).toEqual([
      [-1, "n"],
      [1, "x"],
      [2, "y"],
      [3, "c"],
      [1.5, "f"],
      ["a", 2],
      ["b", 1],
      [true, "t"],
    ]);
  });

  test("set and get metatables", () => {
    const engine = create(options());
    const object = engine.createTable();
    object.setMetatable(table(result(engine, "return {__index = {inherited = 1}}")));
    engine.globals.set("object", object);
    expect(run(engine, "return object.inherited")).toBe("[1]");
    expect(object.getMetatable()?.get("__index")).toMatchObject({ kind: "table" });
    object.setMetatable(undefined);
    expect(object.getMetatable()).toBeUndefined();
  });

  test("carry scalars both ways", () => {
    const engine = create(options());
    offer(engine, {
      echo: (call) => Array.from({ length: call.argumentCount }, (_, index) => call.argument(index + 1)),
    });
    expect(run(engine, "return echo(nil, true, 5, 0.5, 'é\\0x', -0.0)")).toBe(
      '[null,true,5,0.5,"é\\u0000x",-0.0]',
    );
    expect(
      run(engine, "return select('#', echo()), echo(string.rep('é', 5000)) == string.rep('é', 5000)"),
    ).toBe("[0,true]");
  });

  test("keep the kind of floats where they are read exactly", () => {
    const engine = create(options());
    offer(engine, {
      argument: (call) => call.exact(1),
      field: (call) => table(call.argument(1)).exact("x"),
      result: (call) => closure(call.argument(1)).callExact(),
    });
    const program = `
      local f = function() return 2.0, 2, -0.0, 1e300 end
      return {argument(2.0), argument(2), field({x = 3.0}), result(f)}`;
    expect(run(engine, program)).toBe("[[2.0,2,3.0,2.0,2,-0.0,1e+300]]");
  });

  test("carry integers beyond 2^53, which fengari rounds", () => {
    const engine = create(options());
    const rounds = name === "fengari";
    expect(result(engine, "return 9007199254740993")).toBe(rounds ? 9007199254740992 : 9007199254740993n);
    engine.globals.set("big", 2n ** 62n);
    expect(run(engine, "return big")).toBe(rounds ? "[4611686018427388000.0]" : "[4611686018427387904]");
    expect(() => engine.globals.set("big", 2n ** 63n)).toThrow(/does not fit/);
  });

  test("know their identity and definition", () => {
    const engine = create(options());
    const [first, second, other, f] = engine
      .load("local t = {}\nreturn t, t, {},\nfunction() end", "test.tac")
      .call();
    expect([table(first).is(second), table(first).is(other), table(first).is(f), table(first).is(1)]).toEqual(
      [true, false, false, false],
    );
    expect(closure(f).definition()).toEqual({ chunk: "test.tac", line: 3 });
    expect(closure(engine.globals.get("next")).definition()).toBeUndefined();
  });

  test("end with the host call that received them, unless retained", () => {
    const engine = create(options());
    const seen: LuaTable[] = [];
    offer(engine, {
      see: (call) => {
        seen.push(table(call.argument(1)), table(call.argument(2)).retain());
        expect(table(call.argument(1)).get("x")).toBe(1);
      },
    });
    run(engine, "see({x = 1}, {x = 2})");
    expect(() => seen[0]?.get("x")).toThrow(/after its release/);
    expect(seen[1]?.get("x")).toBe(2);
    seen[1]?.release();
    expect(() => seen[1]?.get("x")).toThrow(/after its release/);
  });

  test("that are released give their place to others", () => {
    const engine = create(options());
    const released = engine.createTable();
    released.release();
    released.release();
    const next = engine.createTable();
    next.set("x", 1);
    expect(() => released.get("x")).toThrow(/after its release/);
    expect(next.get("x")).toBe(1);
  });

  test("of arguments are out of reach while the host call waits for Lua", () => {
    const engine = create(options());
    offer(engine, {
      outer: (call) => {
        const inner = engine.createFunction("inner", () => call.argument(1));
        closure(call.argument(1)).call(inner);
      },
    });
    expect(() => run(engine, "outer(function(inner) inner() end)")).toThrow("inner failed inside the host");
  });

  test("say where their callers stand", () => {
    const engine = create(options());
    const positions: unknown[] = [];
    offer(engine, {
      where: (call) => positions.push(call.position(), call.position(2), call.position(9)) && undefined,
    });
    engine.globals.set("library", engine.load("local x = where()", "=library"));
    run(engine, "local function f()\n  local x = where()\nend\nf()\nlibrary()");
    const at = (line: number): object => ({ chunk: "test.tac", line });
    expect(positions).toEqual([at(2), at(4), undefined, at(5), undefined, undefined]);
  });

  test("are dead when the engine is closed", () => {
    const engine = create(options());
    const { globals } = engine;
    engine.close();
    engine.close();
    expect(() => globals.get("print")).toThrow(/closed/);
    expect(() => engine.load("return 1", "x")).toThrow(/closed/);
  });
});
