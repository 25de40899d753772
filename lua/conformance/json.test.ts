import { describe, expect, test } from "vitest";
import { type JsonEncoding, luaJson } from "../engine.ts";
import { engines, options } from "./engines.ts";

const plain: JsonEncoding = { emptyTable: "object" };

const encoded: ReadonlyArray<{ lua: string; json: string; encoding?: Partial<JsonEncoding> }> = [
  { lua: "nil", json: "null" },
  { lua: "true", json: "true" },
  { lua: "3", json: "3" },
  { lua: "3.0", json: "3.0" },
  { lua: "-0.0", json: "-0.0" },
  { lua: "0.1", json: "0.1" },
  { lua: "1e300", json: "1e+300" },
  { lua: "0/0", json: "null" },
  { lua: "{0/0, 1/0, -1/0}", json: "[NaN,Infinity,-Infinity]", encoding: { nonFinite: "words" } },
  { lua: "'a\"b\\n\\u{e9}\\0'", json: '"a\\"b\\né\\u0000"' },
  { lua: "'\\xff'", json: '"\ufffd"' },
  { lua: "{}", json: "{}" },
  { lua: "{}", json: "[]", encoding: { emptyTable: "array" } },
  { lua: "{1, 'x', {}}", json: '[1,"x",{}]' },
  { lua: "{1, {a = 2}}", json: '[1, {"a": 2}]', encoding: { spaced: true } },
  { lua: "{b = 1, a = 2, [10] = 3, [2] = 4}", json: '{"2":4,"10":3,"a":2,"b":1}' },
  { lua: "{1, 2, x = 3}", json: '{"1":1,"2":2,"x":3}' },
  { lua: "{1, nil, 3}", json: '{"1":1,"3":3}' },
  { lua: "{[1.5] = 'f', [true] = 't'}", json: '{"1.5":"f","true":"t"}' },
  { lua: "{[1] = 'number', ['1'] = 'text'}", json: '{"1":"number"}' },
  { lua: "{a = print, b = 1, [print] = 2}", json: '{"b":1}', encoding: { unsupported: "omit" } },
  { lua: "{print, 1}", json: "[1]", encoding: { unsupported: "omit" } },
  { lua: "setmetatable({1}, {__index = error, __pairs = error, __len = error})", json: "[1]" },
  { lua: "setmetatable({1}, {})", json: '"special"', encoding: { special: () => '"special"' } },
  { lua: "{{1}, setmetatable({}, {})}", json: "[[1],{}]", encoding: { special: () => undefined } },
];

const refused: ReadonlyArray<{ lua: string; message: RegExp; encoding?: Partial<JsonEncoding> }> = [
  { lua: "print", message: /^a function can't become JSON$/ },
  { lua: "{a = {{b = print}}}", message: /^a function can't become JSON \(at a\.1\.b\)$/ },
  { lua: "{[{}] = 1}", message: /a table as a key/ },
  { lua: "{coroutine.create(print)}", message: /a coroutine can't become JSON/ },
  {
    lua: "(function() local t = {} t.self = {t} return t end)()",
    message: /a table that contains itself can't become JSON \(at self\.1\)/,
  },
  {
    lua: "(function() local t = {} for i = 1, 70 do t = {t} end return t end)()",
    message: /nested deeper than 64 levels/,
  },
  { lua: "{{{}}}", message: /nested deeper than 2 levels/, encoding: { maximumDepth: 2 } },
  { lua: "('x'):rep(1000)", message: /longer than 100 bytes/, encoding: { maximumBytes: 100 } },
  {
    lua: "(function() local t = {} for i = 1, 100 do t[i] = i end return t end)()",
    message: /longer than 100 bytes/,
    encoding: { maximumBytes: 100 },
  },
];

describe.each(engines)("$name", ({ name, create }) => {
  /** Encodes the field `value` of a table: a number would lose its kind on the way through the host. */
  const encode = (lua: string, encoding: Partial<JsonEncoding> = {}): string => {
    const engine = create(options());
    const [wrapped] = engine.load(`return {value = ${lua}}`, "value").call();
    const json = engine.encodeJson(wrapped, { ...plain, ...encoding });
    return /^\{"value": ?(.*)\}$/s.exec(json)?.[1] ?? "null";
  };

  test.each(encoded)("encodes $lua as $json", ({ lua, json, encoding }) => {
    expect(encode(lua, encoding)).toBe(json);
  });

  test.each(refused)("refuses $lua", ({ lua, message, encoding }) => {
    const engine = create(options());
    const [value] = engine.load(`return ${lua}`, "value").call();
    expect(() => engine.encodeJson(value, { ...plain, ...encoding })).toThrow(
      expect.objectContaining({ kind: "conversion", message: expect.stringMatching(message) }),
    );
  });

  test("a value that is listed twice but does not contain itself is fine", () => {
    expect(encode("(function() local t = {1} return {t, t} end)()")).toBe("[[1],[1]]");
  });

  test("special may change the table that is being walked", () => {
    const engine = create(options());
    const [value, meddle] = engine
      .load(
        "local t = {} for i = 1, 50 do t['k' .. i] = setmetatable({}, {}) end return t, function() for i = 1, 500 do t['n' .. i] = i end end",
        "value",
      )
      .call();
    if (typeof meddle !== "object" || meddle.kind !== "function") throw new Error("no function");
    const json = engine.encodeJson(value, {
      ...plain,
      special: () => {
        meddle.call();
        return "1";
      },
    });
    expect(Object.keys(JSON.parse(json))).toHaveLength(50);
  });

  test.each([
    ["1", "integer", "1"],
    ["1.0", "float", "1.0"],
    ["1e2", "float", "100.0"],
    ["-0.5", "float", "-0.5"],
    ["12345678901234567890", "float", "12345678901234567000.0"],
    ['"3.0 1e5 99999999999999999999"', undefined, '"3.0 1e5 99999999999999999999"'],
    ['{"a":[1,2.0,{"b":null}],"c":""}', undefined, '{"a":[1,2.0,{}],"c":""}'],
    ["[]", undefined, "{}"],
    ["null", undefined, "null"],
  ])("decodes %s", (json, _kind, back) => {
    const engine = create(options());
    expect(engine.encodeJson(luaJson(json), plain)).toBe(back);
  });

  test("decodes integers beyond 2^53", () => {
    const engine = create(options());
    const exact = '{"n":[9007199254740993,-9223372036854775808]}';
    const rounded = '{"n":[9007199254740992.0,-9223372036854776000.0]}';
    expect(engine.encodeJson(luaJson(exact), plain)).toBe(name === "fengari" ? rounded : exact);
  });

  test.each(["", "{", "nope", '{"a":1,}', "[1 2]"])("refuses to decode %j", (text) => {
    const engine = create(options());
    expect(() => engine.globals.set("x", luaJson(text))).toThrow(
      expect.objectContaining({ kind: "conversion", message: expect.stringMatching(/^not valid JSON/) }),
    );
    expect(() => engine.globals.set("x", luaJson("[".repeat(300) + "]".repeat(300)))).toThrow(
      /nested deeper/,
    );
  });
});
