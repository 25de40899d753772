import { expect, test } from "vitest";
import { Requirements } from "#language/project/requirements.ts";

function requirementsOf(wanted: Readonly<Record<string, string>>): Requirements {
  const requirements = new Requirements();
  for (const [uri, targets] of Object.entries(wanted)) requirements.set(uri, [...targets]);
  return requirements;
}

test.for<[string, Record<string, string>, string, string]>([
  ["nothing required", {}, "ba", "ba"],
  ["a chain", { a: "b", b: "c" }, "abc", "cba"],
  ["two ways to one", { a: "bc", b: "d", c: "d" }, "abcd", "dbca"],
  ["what is not asked for is passed by", { a: "x", b: "a" }, "ba", "ab"],
  ["a circle ends", { a: "b", b: "a", c: "a" }, "cab", "bac"],
  ["itself", { a: "a" }, "a", "a"],
])("modules first: %s", ([, wanted, uris, ordered]) => {
  expect(requirementsOf(wanted).modulesFirst(uris).join("")).toBe(ordered);
});

test("a long chain is no deep recursion", () => {
  const requirements = new Requirements();
  const names = Array.from({ length: 30_000 }, (_, index) => String(index));
  for (const [index, name] of names.entries()) requirements.set(name, names.slice(index + 1, index + 2));
  expect(requirements.modulesFirst(names)).toEqual(names.toReversed());
});

test("affected are those that ask for a file by whatever way, and no longer those that have changed their mind", () => {
  const requirements = requirementsOf({ a: "b", b: "c", d: "c" });
  expect(requirements.affectedBy("c")).toEqual(["c", "b", "d", "a"]);
  requirements.set("b", []);
  expect(requirements.affectedBy("c")).toEqual(["c", "d"]);
});
