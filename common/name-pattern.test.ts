import { expect, test } from "vitest";
import { matchesAny } from "./name-pattern.ts";

test.for<[name: string, patterns: readonly string[], expected: boolean]>([
  ["read", [], false],
  ["read", ["read"], true],
  ["read", ["READ", "rea", "reads"], false],
  ["read_file", ["read_*"], true],
  ["read", ["read_*"], false],
  ["anything", ["*"], true],
  ["list_all_files", ["list_*_files"], true],
  ["list_files", ["list_*_files"], false],
  ["a.b", ["a?b", "a+b"], false],
  ["aXbXc", ["a*b*c"], true],
  ["ab", ["a*b*b"], false],
  [`${"a".repeat(5000)}b`, [`${"*a".repeat(200)}*c`], false],
])("%s under %j: %s", ([name, patterns, expected]) => {
  expect(matchesAny(name, patterns)).toBe(expected);
});
