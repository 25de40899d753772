import { expect, test } from "vitest";
import type { FileDifference } from "./compare-trees.ts";
import { withRenames } from "./find-renames.ts";

const lines = (...words: readonly string[]): string => words.join("\n");
const text = lines("one", "two", "three", "four", "five", "six");

/** The files under their new names, and what each was called; `texts` by path, an id is the text itself. */
function renames(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const differences = paths.map((path): FileDifference => {
    const file = (id: string | undefined) =>
      id === undefined ? undefined : { path, kind: "file" as const, id };
    const [old, current] = [file(before[path]), file(after[path])];
    return { path, ...(old && { before: old }), ...(current && { after: current }) };
  });
  const texts = { before: new Map(Object.entries(before)), after: new Map(Object.entries(after)) };
  return withRenames(differences, texts).map(
    ({ path, from, after: now }) => `${from ?? ""}>${now ? path : ""}`,
  );
}

test.for<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, string[]]>([
  ["the same content", { "a.tac": text }, { "b.tac": text }, ["a.tac>b.tac"]],
  [
    "half of the lines",
    { "a.tac": text },
    { "b.tac": lines("one", "two", "three", "x", "y", "z") },
    ["a.tac>b.tac"],
  ],
  ["fewer lines", { "a.tac": text }, { "b.tac": lines("one", "two", "w", "x", "y", "z") }, [">", ">b.tac"]],
  [
    "the likeliest of two",
    { "a.tac": lines("one", "two", "three", "x", "y", "z"), "b.tac": text },
    { "c.tac": lines("one", "two", "three", "four", "five", "z") },
    [">", "b.tac>c.tac"],
  ],
  [
    "one file that becomes two",
    { "a.tac": text },
    { "b.tac": text, "c.tac": text },
    ["a.tac>b.tac", ">c.tac"],
  ],
  ["two that swap", { "a.tac": text, "b.tac": "x" }, { "a.tac": "x", "b.tac": text }, [">a.tac", ">b.tac"]],
  ["nothing in common", { "a.tac": "x" }, { "b.tac": "y" }, [">", ">b.tac"]],
])("%s", ([, before, after, expected]) => {
  expect(renames(before, after)).toEqual(expected);
});

test("many files are not compared each with each", () => {
  const many = (prefix: string, word: string): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [`${prefix}${index}.tac`, `${word}${index}`]),
    );
  expect(renames(many("a", "x"), many("b", "y"))).toHaveLength(40_000);
});
