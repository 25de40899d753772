import { expect, test } from "vitest";
import { inputSchemaProblem } from "./input-schema.ts";

const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });
const nested = (levels: number): object => (levels === 0 ? {} : { properties: { a: nested(levels - 1) } });

test.for<[name: string, schema: unknown]>([
  ["without arguments", { type: "object" }],
  [
    "ordinary",
    object({ a: { type: "string", enum: ["x"] }, b: { type: ["integer", "null"] } }, { required: ["a"] }),
  ],
  [
    "with lists",
    object({ a: { type: "array", items: { type: "number" } }, b: { items: [{ type: "string" }, true] } }),
  ],
  [
    "of a tree",
    object(
      { node: { $ref: "#/$defs/node" } },
      { $defs: { node: object({ next: { $ref: "#/$defs/node" } }) } },
    ),
  ],
  ["that refers to its own root", object({ inner: { $ref: "#" } })],
  [
    "with words of other dialects",
    object({ a: { type: "string", "x-hint": 1, unevaluatedProperties: false } }),
  ],
  ["closed", object({}, { additionalProperties: false })],
  [
    "with a property called constructor",
    object({ constructor: { type: "string" }, required: { type: "string" } }),
  ],
])("fine: a schema %s", ([, schema]) => {
  expect(inputSchemaProblem(schema)).toBeUndefined();
});

test.for<[schema: unknown, problem: RegExp]>([
  [undefined, /no JSON object/],
  ["object", /no JSON object/],
  [[], /no JSON object/],
  [{}, /must have the type "object"/],
  [{ type: "string" }, /must have the type "object"/],
  [object({ a: { type: "text" } }), /type that does not exist at properties\.a/],
  [object({ a: 7 }), /no schema at properties\.a/],
  [object({}, { required: "a" }), /`required`/],
  [object({}, { required: [1] }), /`required`/],
  [object({ a: { enum: "x" } }), /`enum`.* at properties\.a/],
  [{ type: "object", properties: [] }, /`properties`/],
  [object({ a: { anyOf: {} } }), /`anyOf`/],
  [object({ a: { items: ["x"] } }), /no schema at properties\.a\.items\.0/],
  [object({ a: { $ref: "#/$defs/missing" } }), /leads nowhere/],
  [object({ a: { $ref: "#/$defs/constructor" } }, { $defs: {} }), /leads nowhere/],
  [object({ a: { $ref: "https://example.com/a.json" } }), /leads nowhere/],
  [object({ a: { $ref: "#/properties/a" } }), /back to itself/],
  [
    object({ a: { $ref: "#/$defs/b" } }, { $defs: { b: { $ref: "#/$defs/c" }, c: { $ref: "#/$defs/b" } } }),
    /back to itself/,
  ],
  [object({ a: { description: "x".repeat(70_000) } }), /larger than/],
  [{ type: "object", ...nested(40) }, /nested deeper/],
  [{ type: "object", ...nested(4000) }, /nested deeper/],
])("%j has a problem", ([schema, problem]) => {
  expect(inputSchemaProblem(schema)).toMatch(problem);
});
