import { expect, test } from "vitest";
import { findLookalikes } from "./lookalike-letters.ts";
import { quickestOf } from "./quickest-of.ts";

test.for([
  { name: "dоne", plain: "done", letters: [[1, 2, "U+043E Cyrillic", "o"]] },
  {
    name: "sеаrch",
    plain: "search",
    letters: [
      [1, 2, "U+0435 Cyrillic", "e"],
      [2, 3, "U+0430 Cyrillic", "a"],
    ],
  },
  { name: "Νode", plain: "Node", letters: [[0, 1, "U+039D Greek", "N"]] },
  { name: "ｄone", plain: "done", letters: [[0, 1, "U+FF44 compatibility form", "d"]] },
  { name: "a𝐝min", plain: "admin", letters: [[1, 3, "U+1D41D compatibility form", "d"]] },
] as const)("$name reads like $plain", ({ name, plain, letters }) => {
  const found = findLookalikes(name);
  expect(found?.plain).toBe(plain);
  expect(found?.letters.map((letter) => [letter.start, letter.end, letter.name, letter.looksLike])).toEqual(
    letters,
  );
});

test.for(["done", "поиск", "ответ", "αλφα", "café", "Größe", "日本語", "naïve_name", "Δt", ""])(
  "%s is what it looks like",
  (name) => {
    expect(findLookalikes(name)).toBeUndefined();
  },
);

test("a name wholly of lookalikes is one only beside the name that it reads like", () => {
  expect(findLookalikes("сору")).toBeUndefined();
  expect(findLookalikes("сору", new Set(["copy"]))?.plain).toBe("copy");
  expect(findLookalikes("сору", new Set(["paste"]))).toBeUndefined();
});

test("any name is read without a throw; a megabyte takes a moment", () => {
  let seed = 11;
  for (let round = 0; round < 2000; round++) {
    seed = (seed * 48271) % 2147483647;
    const name = `a${String.fromCharCode(seed % 0x10000)}${String.fromCodePoint(seed % 0x10ffff)}`;
    for (const { start, end } of findLookalikes(name)?.letters ?? []) expect(start).toBeLessThan(end);
  }
  const long = "plain_name ".repeat(95_000);
  expect(quickestOf(() => findLookalikes(long))).toBeLessThan(400);
});
