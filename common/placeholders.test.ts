import { expect, test } from "vitest";
import { fillPlaceholders, onlyPlaceholder, placeholdersIn } from "./placeholders.ts";

test.for<[string, readonly string[], string | undefined]>([
  ["{a}", ["a"], "a"],
  ["x{a}{b.c-d}", ["a", "b.c-d"], undefined],
  ["$" + "{HOME} {print $1} {} {1}", [], undefined],
  ["{{a}}", ["a"], undefined],
  ["{a}{a}", ["a", "a"], undefined],
])("%s has places for %s", ([text, names, only]) => {
  expect(placeholdersIn(text)).toEqual(names);
  expect(onlyPlaceholder(text)).toBe(only);
});

test("what is filled in is not looked at again, and stays as it is", () => {
  const values: Readonly<Record<string, string>> = { a: "{b}", b: "$& $1" };
  expect(fillPlaceholders("{a}-{b}", (name) => values[name] ?? "")).toBe("{b}-$& $1");
});
