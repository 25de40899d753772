import { expect, test } from "vitest";
import { editDistance, nearestName, nearestNames } from "./nearest-name.ts";
import { quickestOf } from "./quickest-of.ts";

const fields = [
  "model",
  "provider",
  "temperature",
  "max_tokens",
  "system_prompt",
  "tools",
  "input",
  "output",
];

test.for([
  ["modell", "model"],
  ["mdoel", "model"],
  ["MODEL", "model"],
  ["temprature", "temperature"],
  ["maxTokens", "max_tokens"],
  ["max-token", "max_tokens"],
  ["sytem_promt", "system_prompt"],
  ["tool", "tools"],
  ["imput", "input"],
  ["ouput", "output"],
  ["model", undefined],
  ["entirely_other", undefined],
  ["xy", undefined],
  ["", undefined],
  ["x".repeat(1000), undefined],
] as const)("%s means %s", ([word, expected]) => {
  expect(nearestName(word, fields)).toBe(expected);
});

test("the nearest first, the same first letter before another", () => {
  expect(nearestNames("serch", ["perch", "research", "search", "other"], 3)).toEqual(["search", "perch"]);
  expect(nearestNames("data", ["rata", "dato"], 2)).toEqual(["dato", "rata"]);
});

test.for([
  ["kitten", "sitting", 3, 3],
  ["kitten", "sitting", 2, Number.POSITIVE_INFINITY],
  ["ab", "ba", 1, 1],
  ["abcd", "badc", 2, 2],
  ["", "abc", 3, 3],
  ["abc", "abc", 0, 0],
] as const)("%s to %s within %i", ([from, to, limit, expected]) => {
  expect(editDistance(from, to, limit)).toBe(expected);
});

test("a thousand candidates take a moment", () => {
  const candidates = Array.from({ length: 1000 }, (_, index) => `some_function_name_${index}`);
  expect(quickestOf(() => nearestName("some_functoin_nmae_500", candidates))).toBeLessThan(80);
});

test("any names are compared without a throw, and the distance is symmetric", () => {
  const letters = ["a", "b", "A", "_", "é", "😀"];
  let seed = 3;
  const word = (): string =>
    Array.from({ length: 8 }, () => {
      seed = (seed * 48271) % 2147483647;
      return letters[seed % (letters.length + 2)] ?? "";
    }).join("");
  for (let round = 0; round < 2000; round++) {
    const [one, other] = [word(), word()];
    expect(editDistance(one, other, 4)).toBe(editDistance(other, one, 4));
    nearestName(one, [other]);
  }
});
