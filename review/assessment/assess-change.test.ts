import { expect, test } from "vitest";
import { ok } from "#common/result.ts";
import { ReviewSide } from "#review/assessment/review-side.ts";
import { assess, type Files, told } from "#review/assessment/testing/assess.ts";
import { memoryTree } from "#review/trees/testing/memory-tree.ts";

test.for<[string, Files, Files, unknown]>([
  [
    "a config that becomes one by its new name",
    { "a.tac": "return 1\n", "notes.yml": "sandbox:\n  network: bridge\n" },
    { "a.tac": "return 1\n", "a.tac.yml": "sandbox:\n  network: bridge\n" },
    "high network a.tac.yml:2 now connects the sandbox to the network bridge",
  ],
  [
    "a sidecar that goes to another procedure",
    { "a.tac": "return 1\n", "b.tac": "return 2\n", "a.tac.yml": "sandbox:\n  network: bridge\n" },
    { "a.tac": "return 1\n", "b.tac": "return 2\n", "b.tac.yml": "sandbox:\n  network: bridge\n" },
    "high network b.tac.yml:2 now connects the sandbox to the network bridge",
  ],
  [
    "a text that becomes a procedure",
    { "notes.txt": 'Host.call("deploy", {})\n' },
    { "a.tac": 'Host.call("deploy", {})\n' },
    "high tools a.tac:1 now calls the host tool deploy",
  ],
  [
    "a procedure that an older file beside it becomes the sidecar of",
    { "a.yml": "sandbox:\n  network: bridge\n" },
    { "a.yml": "sandbox:\n  network: bridge\n", "a.tac": "return 1\n" },
    "high network a.tac:2 now connects the sandbox to the network bridge",
  ],
  [
    "a module that was there already",
    { "lib/m.tac": 'Host.call("deploy", {})\nreturn {}\n', "a.tac": "return 1\n" },
    { "lib/m.tac": 'Host.call("deploy", {})\nreturn {}\n', "a.tac": 'return require("lib.m")\n' },
    "high tools a.tac:1 now calls the host tool deploy",
  ],
])("what is moved into place is new: %s", async ([, base, head, expected]) => {
  expect(told(await assess(base, head))).toContain(expected);
});

test("more procedures than a change has are not begun with", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 2001 }, (_, index) => [`a${index}.tac`, `return ${index}\n`]),
  );
  await expect(assess({}, many)).rejects.toThrow(/more than 2,000 procedures/);
});

test("procedures that are too long all together are told as unread", async () => {
  const long = "x".repeat(4_000_000);
  const tree = memoryTree({ "a.tac": long, "b.tac": long, "c.tac": long, "d.tac": long, "e.tac": long });
  const side = new ReviewSide(tree, undefined, new AbortController().signal);
  const read = [];
  for (const name of ["a", "b", "c", "d", "e"]) read.push(await side.know(`${name}.tac`));
  expect(read).toEqual([ok(true), ok(true), ok(true), ok(true), ok(false)]);
});

test("nothing changed", async () => {
  expect(await assess({ "a.tac": "return 1\n" }, { "a.tac": "return 1\n" })).toEqual({
    base: "base",
    head: "head",
    files: [],
    risk: "none",
    reasons: [],
  });
});
