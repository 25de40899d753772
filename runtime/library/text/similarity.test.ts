import { expect, test } from "vitest";
import { similarity } from "./similarity.ts";

/** Scores of `rapidfuzz`: ratio, token set, token sort, partial. */
const scores: ReadonlyArray<readonly [one: string, other: string, scores: readonly number[]]> = [
  ["hello", "helo", [0.888889, 0.888889, 0.888889, 0.857143]],
  ["hello", "goodbye", [0.166667, 0.166667, 0.166667, 0.333333]],
  ["New York Mets", "mets new york", [0.615385, 1, 1, 0.761905]],
  ["fuzzy was a bear", "fuzzy fuzzy was a bear", [0.842105, 1, 0.842105, 1]],
  ["abc", "xabcx", [0.75, 0.75, 0.75, 1]],
  ["United States of America", "United States", [0.702703, 1, 0.702703, 1]],
  ["the quick brown fox", "fox brown quick", [0.411765, 1, 0.882353, 0.56]],
  ["a", "b", [0, 0, 0, 0]],
  ["kitten", "sitting", [0.615385, 0.615385, 0.615385, 0.666667]],
  ["Positive", "positive review of film", [0.516129, 1, 0.516129, 1]],
  ["  Trim ", "trim", [1, 1, 1, 1]],
  ["naïve café", "naive cafe", [0.8, 0.8, 0.8, 0.842105]],
  ["order #123", "order 123", [0.947368, 0.947368, 0.947368, 0.888889]],
  ["aaaa", "aa", [0.666667, 0.666667, 0.666667, 1]],
  ["abcdefghij", "jihgfedcba", [0.1, 0.1, 0.1, 0.181818]],
  ["this is a test", "this is a test!", [0.965517, 0.965517, 0.965517, 1]],
  ["one two three", "two", [0.375, 1, 0.375, 1]],
  ["hello world", "world hello there", [0.5, 1, 0.785714, 0.636364]],
  ["yes", "Yes, absolutely", [0.333333, 0.333333, 0.333333, 1]],
  ["x y", "y z", [0.333333, 0.666667, 0.333333, 0.5]],
  ["", "a", [0, 0, 0, 0]],
  ["日本語", "日本", [0.8, 0.8, 0.8, 1]],
  ["apple inc", "apple incorporated", [0.666667, 0.714286, 0.666667, 1]],
  ["California", "Californa", [0.947368, 0.947368, 0.947368, 0.941176]],
  ["johnson", "jonson & johnson", [0.608696, 1, 0.608696, 1]],
];

test.for(scores)("%s and %s", ([one, other, expected]) => {
  const given = ["ratio", "token_set_ratio", "token_sort_ratio", "partial_ratio"].map((algorithm) =>
    similarity(one, other, algorithm),
  );
  for (const [index, score] of expected.entries()) expect(given[index]).toBeCloseTo(score, 5);
});

test("long texts are compared at once", () => {
  expect(similarity("ab ".repeat(20_000), "ba ".repeat(20_000), "ratio")).toBeGreaterThan(0.6);
});

test("an unknown algorithm", () => {
  expect(similarity("a", "b", "toString")).toBeUndefined();
});
