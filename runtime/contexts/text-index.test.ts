import { describe, expect, test } from "vitest";
import { passagesOf } from "./corpus-passages.ts";
import { TextIndex } from "./text-index.ts";
import { compacted, tokensAllowed, tokensOf } from "./token-budget.ts";

const texts = [
  "The cat sat on the mat.",
  "Dogs chase the cat.",
  "Green tea grows in the hills.",
  "Thé vert, ou thé noir?",
];
const index = new TextIndex(texts.map((text, number) => ({ source: `${number}.txt`, text })));

describe.for(["tf-vector", "bm25"] as const)("%s", (weighting) => {
  test.for<[string, readonly string[]]>([
    ["tea", ["2.txt"]],
    ["dogs and a CAT", ["1.txt", "0.txt"]],
    ["thé", ["3.txt"]],
    ["nothing here", []],
    ["", []],
  ])("%s", ([question, sources]) => {
    expect(index.search(question, weighting).map(({ source }) => source)).toEqual(sources);
  });

  test("an empty corpus finds nothing", () => {
    expect(new TextIndex([]).search("x", weighting)).toEqual([]);
  });
});

test.for<[string, string, readonly string[]]>([
  ["paragraphs that fit stand together", "one\n\ntwo", ["one\n\ntwo"]],
  [
    "long ones stand alone",
    `${"a ".repeat(500)}\n\n${"b ".repeat(500)}`,
    ["a ".repeat(500).trim(), "b ".repeat(500).trim()],
  ],
  ["nothing", " \n\n ", []],
])("%s", ([, text, passages]) => {
  expect(passagesOf(text)).toEqual(passages);
});

describe("budgets", () => {
  test.for<[Parameters<typeof tokensAllowed>[0], number]>([
    [undefined, Number.POSITIVE_INFINITY],
    [{ maximumTokens: 10 }, 10],
    [{ ratio: 0.5 }, 50],
    [{ ratio: 0.5, maximumTokens: 20 }, 20],
  ])("%j", ([budget, tokens]) => {
    expect(tokensAllowed(budget, 100)).toBe(tokens);
  });

  test.for<["truncate" | "summary", number, string]>([
    ["truncate", 100, "One two three. Four five.\n\nSix seven. Eight."],
    ["truncate", 3, "One two"],
    ["summary", 7, "One two three.\n\nSix seven."],
    ["summary", 2, "One two"],
    ["truncate", 0, ""],
  ])("%s to %i tokens", ([kind, tokens, expected]) => {
    const shorter = compacted("One two three. Four five.\n\nSix seven. Eight.", tokens, { kind });
    expect(shorter).toBe(expected);
    expect(tokensOf(shorter)).toBeLessThanOrEqual(tokens);
  });
});
