import { expect, test } from "vitest";
import { explanationIn, findClass, type ParseDirection } from "./find-class.ts";

const classes = ["Yes", "No", "Very yes"];

test.for<[answer: string, direction: ParseDirection, found: string | undefined]>([
  ["yes", "end", "Yes"],
  ["  **No** ", "end", "No"],
  ["Answer: No.", "end", "No"],
  ["Yes\nBecause it is.\nNo", "end", "No"],
  ["Yes\nBecause it is.\nNo", "start", "Yes"],
  ["very yes, I think", "end", "Very yes"],
  ["Nothing of this: yesterday, know", "end", undefined],
  ["", "end", undefined],
])("%s, from the %s: %s", ([answer, direction, found]) => {
  expect(findClass(answer, classes, direction)).toBe(found);
});

test("a class may hold characters that patterns know", () => {
  expect(findClass("It is a C++ file (a+b).", ["C++", "(a+b)"], "end")).toBe("(a+b)");
});

test.for([
  ["It is.\nSo:\nYes", "It is.\nSo:"],
  ["Yes", undefined],
  ["Yes, since it is.", "Yes, since it is."],
])("the explanation in %s", ([answer, explanation]) => {
  expect(explanationIn(answer ?? "", "Yes")).toBe(explanation);
});
