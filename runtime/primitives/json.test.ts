import { test } from "vitest";
import { expectProgram, type ProgramCase } from "../testing/expect-program.ts";

const cases: readonly ProgramCase[] = [
  {
    name: "as it prints",
    body: "return Json.encode({b = {1, 2.0}, a = 'é', e = {}})",
    result: '{"a": "é", "b": [1, 2.0], "e": {}}',
  },
  {
    name: "infinite numbers",
    body: "return Json.encode({math.huge, -math.huge})",
    result: "[Infinity, -Infinity]",
  },
  { name: "nil", body: "return Json.encode(nil)", result: "null" },
  { name: "a float alone", body: "return Json.encode(2.0)", result: "2.0" },
  {
    name: "reading",
    body: "local v = Json.decode('{\"a\": [1, 2.0, null]}'); return {#v.a, tostring(v.a[1]), tostring(v.a[2])}",
    result: [2, "1", "2.0"],
  },
  { name: "text that is no JSON", body: "Json.decode('{a')", fails: /^Failed to decode JSON: / },
  { name: "what JSON can't hold", body: "Json.encode({f = print})", fails: /^Failed to encode to JSON: / },
];

test.for(cases)("$name", (program) => {
  expectProgram(program);
});
