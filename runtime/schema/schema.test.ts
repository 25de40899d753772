import { describe, expect, test } from "vitest";
import type { Json } from "#common/json.ts";
import { coerceText } from "./coerce-text.ts";
import { type Decoded, DecodedFunction } from "./decoded.ts";
import { problemsText } from "./field-problem.ts";
import { buildField, parseFieldSchemas, parseOutputSchema } from "./field-schema.ts";
import { toJsonSchema } from "./json-schema.ts";
import { type ValidationOptions, validateFields, validateOutput } from "./validate.ts";

function fields(declared: Decoded, requiredUnlessSaid = false) {
  const parsed = parseFieldSchemas(declared, { what: "input", requiredUnlessSaid });
  if (!parsed.ok) throw new Error(parsed.error.join("\n"));
  return parsed.value;
}

function check(declared: Decoded, value: Json | undefined, options: Partial<ValidationOptions> = {}) {
  const result = validateFields(fields(declared), value, { what: "input", ...options });
  return result.ok ? result.value : result.error.map((problem) => problem.message);
}

describe("field builders", () => {
  test.for<[Decoded, Json]>([
    [undefined, { type: "string", required: false }],
    [{}, { type: "string", required: false }],
    [
      { required: true, default: "x" },
      { type: "string", required: true },
    ],
    [
      { default: "x", description: "d" },
      { type: "string", required: false, default: "x", description: "d" },
    ],
    [
      { enum: ["a", "b"], unknown: 1 },
      { type: "string", required: false, enum: ["a", "b"] },
    ],
    [
      { min: 1, maximum: 3 },
      { type: "string", required: false, minimum: 1, maximum: 3 },
    ],
  ])("options %j", ([options, built]) => {
    expect(buildField("string", options)).toEqual({ ok: true, value: built });
  });

  test("items and properties survive the way through Lua", () => {
    const built = buildField("array", {
      items: { type: "object", properties: { a: { type: "int", required: true } } },
    });
    expect(built.ok && fields({ list: built.value })["list"]).toEqual({
      type: "array",
      required: false,
      items: {
        type: "object",
        required: false,
        properties: { a: { type: "integer", required: true } },
      },
    });
  });

  test.for<[Decoded, string]>([
    ["text", "table of options"],
    [{ required: "yes" }, "'required' must be true or false"],
    [{ enum: "a" }, "'enum' must be a list"],
    [{ default: 3 }, "default must be a string, got number 3"],
    [{ enum: ["a"], default: "b" }, 'default must be one of "a"'],
    [{ default: new DecodedFunction(() => null) }, "default must be plain data"],
  ])("bad options %j", ([options, message]) => {
    const built = buildField("string", options);
    expect(!built.ok && built.error).toContain(message);
  });
});

describe("maps of fields", () => {
  test("an empty Lua table is an empty map", () => {
    expect(parseFieldSchemas([], { what: "input" })).toEqual({ ok: true, value: {} });
  });

  test("failures name the field", () => {
    const parsed = parseFieldSchemas({ a: 1, b: { type: "constructor" } }, { what: "input of 'main'" });
    expect(!parsed.ok && parsed.error).toEqual([
      expect.stringContaining("field 'a' in input of 'main' must be a field"),
      expect.stringContaining("field 'b' in input of 'main' must be a field"),
    ]);
  });

  test("a plain table of a tool is required unless it says otherwise; a built field says it", () => {
    const built = buildField("string", {});
    const parsed = fields({ plain: { type: "string" }, built: built.ok ? built.value : undefined }, true);
    expect([parsed["plain"]?.required, parsed["built"]?.required]).toEqual([true, false]);
  });

  test.for<[Decoded, Json | undefined]>([
    [undefined, undefined],
    [[], undefined],
    [
      { type: "string", required: false },
      { kind: "value", field: { type: "string", required: false } },
    ],
    [{ type: { type: "string" } }, { kind: "fields", fields: { type: { type: "string", required: false } } }],
  ])("output %j", ([declared, expected]) => {
    expect(parseOutputSchema(declared, { what: "output" })).toEqual({ ok: true, value: expected });
  });
});

describe("validation", () => {
  const schemas = {
    name: { type: "string", required: true, description: "who" },
    count: { type: "integer", default: 2, min: 1, max: 9 },
    tone: { type: "string", enum: ["warm", "cold"] },
    tags: { type: "array", items: "string" },
    extra: { type: "object", properties: { size: { type: "number", required: true } } },
    flag: { type: "boolean" },
  };

  test.for<[label: string, value: Json | undefined, expected: Json]>([
    ["integral float", { name: "a", count: 3.0 }, { name: "a", count: 3 }],
    ["empty table as list", { name: "a", tags: {} }, { name: "a", tags: [] }],
    ["null counts as missing", { name: "a", flag: null }, { name: "a" }],
    ["undeclared kept", { name: "a", other: 1 }, { name: "a", other: 1 }],
    ["missing", {}, ["input 'name' is required (string): who"]],
    ["nothing given", undefined, ["input 'name' is required (string): who"]],
    ["not a table", "x", ['input must be a table, got string "x"']],
    ["type", { name: 1 }, ["input 'name' must be a string, got number 1"]],
    ["not integral", { name: "a", count: 1.5 }, ["input 'count' must be an integer, got number 1.5"]],
    ["range", { name: "a", count: 10 }, ["input 'count' must be at most 9, got 10"]],
    ["enum", { name: "a", tone: "hot" }, ['input \'tone\' must be one of "warm", "cold", got string "hot"']],
    ["item", { name: "a", tags: ["x", 2] }, ["input 'tags[2]' must be a string, got number 2"]],
    ["property", { name: "a", extra: {} }, ["input 'extra.size' is required (number)"]],
    ["table for list", { name: "a", tags: { x: 1 } }, ["input 'tags' must be a list, got table {\"x\":1}"]],
    [
      "text for boolean",
      { name: "a", flag: "yes" },
      ["input 'flag' must be true or false, got string \"yes\""],
    ],
  ])("%s", ([, value, expected]) => {
    expect(check(schemas, value)).toEqual(expected);
  });

  test("defaults are filled in when asked", () => {
    expect(check(schemas, { name: "a" }, { applyDefaults: true })).toEqual({ name: "a", count: 2 });
  });

  test("undeclared fields are dropped or reported when asked", () => {
    expect(check(schemas, { name: "a", x: 1 }, { undeclared: "drop" })).toEqual({ name: "a" });
    expect(check({ a: { type: "string" } }, { x: 1 }, { undeclared: "reject" })).toEqual([
      "input 'x' is not declared; declared are: a",
    ]);
  });

  test("what is undeclared inside a field stays, whatever holds outside", () => {
    const inside = { name: "a", extra: { size: 1, more: 2 } };
    expect(check(schemas, inside, { undeclared: "reject" })).toEqual(inside);
    expect(check(schemas, inside, { undeclared: "drop" })).toEqual(inside);
  });

  test("keys of the prototype are ordinary keys", () => {
    const value: Json = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}');
    const result = validateFields({}, value, { what: "input" });
    expect(result.ok && Object.keys(result.value)).toEqual(["__proto__", "constructor"]);
    expect(check({ constructor: { type: "string", required: true } }, {})).toEqual([
      "input 'constructor' is required (string)",
    ]);
  });

  test("a scalar output", () => {
    const schema = { kind: "value", field: { type: "string", required: true } } as const;
    expect(validateOutput(schema, "x", { what: "output" })).toEqual({ ok: true, value: "x" });
    const wrong = validateOutput(schema, 5, { what: "output" });
    expect(!wrong.ok && wrong.error[0]?.message).toBe("output must be a string, got number 5");
  });

  test("problems as one text", () => {
    const problem = { field: "a", reason: "missing", message: "input 'a' is required" } as const;
    expect(problemsText("Procedure 'main'", [problem])).toBe("Procedure 'main': input 'a' is required");
    expect(problemsText("Procedure 'main'", [problem, problem]).split("\n")).toHaveLength(3);
  });
});

describe("values given as text", () => {
  test.for<
    [type: "string" | "number" | "integer" | "boolean" | "array" | "object", text: string, value: Json]
  >([
    ["string", "5", "5"],
    ["number", "2.5", 2.5],
    ["integer", "7", 7],
    ["boolean", "Yes", true],
    ["boolean", "0", false],
    ["array", "[1,2]", [1, 2]],
    ["object", '{"a":{"b":1}}', { a: { b: 1 } }],
  ])("%s from %s", ([type, text, value]) => {
    expect(coerceText({ type }, text)).toEqual({ ok: true, value });
  });

  test.for([
    ["number", ""],
    ["number", "abc"],
    ["number", "Infinity"],
    ["integer", "2.5"],
    ["boolean", "maybe"],
    ["array", "a,b"],
    ["array", "{}"],
    ["object", "[1]"],
  ] as const)("%s refuses %j", ([type, text]) => {
    const coerced = coerceText({ type }, text);
    expect(!coerced.ok && coerced.error).toContain(`got ${JSON.stringify(text)}`);
  });
});

test("JSON Schema has required fields first and bounds by type", () => {
  const schema = toJsonSchema(
    fields({
      b: { type: "string", required: true, min: 1 },
      a: { type: "number", max: 5, default: 1 },
      c: { type: "array", required: true, items: { type: "integer" } },
    }),
  );
  expect(JSON.stringify(schema)).toBe(
    JSON.stringify({
      type: "object",
      properties: {
        b: { type: "string", minLength: 1 },
        c: { type: "array", items: { type: "integer" } },
        a: { type: "number", default: 1, maximum: 5 },
      },
      required: ["b", "c"],
      additionalProperties: false,
    }),
  );
});
