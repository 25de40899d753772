import { expect, test } from "vitest";
import type { JsonObject } from "#common/json.ts";
import { changedFields } from "./changed-fields.ts";

test.for<[name: string, after: JsonObject, changed: JsonObject]>([
  ["nothing", { a: 1, b: { c: [2] } }, {}],
  ["another value", { a: 2, b: { c: [2] } }, { a: 2 }],
  ["something inside", { a: 1, b: { c: [3] } }, { b: { c: [3] } }],
  ["a new field", { a: 1, b: { c: [2] }, d: null }, { d: null }],
  ["a field less", { a: 1 }, { b: null }],
])("what an edit changes: %s", ([, after, changed]) => {
  expect(changedFields({ a: 1, b: { c: [2] } }, after)).toEqual(changed);
});
