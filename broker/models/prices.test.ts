import { expect, test } from "vitest";
import { costOf } from "./prices.ts";

const usage = { inputTokens: 1_000_000, outputTokens: 1_000_000, totalTokens: 2_000_000 };

test.for<[string, number | undefined]>([
  ["gpt-4o", 12.5],
  ["gpt-4o-2024-08-06", 12.5],
  ["gpt-4o-mini", 0.75],
  ["claude-sonnet-4-20250514", 18],
  ["gpt-4o-audio-preview", undefined],
  ["llama3", undefined],
  ["toString", undefined],
])("%s costs %s", ([model, cost]) => {
  expect(costOf(model, usage)).toBe(cost);
});

test("a given price wins over the table", () => {
  expect(costOf("gpt-4o", usage, { "gpt-4o": { input: 1, output: 1 } })).toBe(2);
});
