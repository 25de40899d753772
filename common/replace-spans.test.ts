import { expect, test } from "vitest";
import { replaceSpans } from "./replace-spans.ts";

test.for([
  { spans: [], replaced: "abcdef" },
  { spans: [{ start: 1, end: 3 }], replaced: "a*def" },
  {
    spans: [
      { start: 0, end: 1 },
      { start: 1, end: 2 },
      { start: 5, end: 6 },
    ],
    replaced: "**cde*",
  },
])("$replaced", ({ spans, replaced }) => {
  expect(replaceSpans("abcdef", spans, "*")).toBe(replaced);
});
