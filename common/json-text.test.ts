import { expect, test } from "vitest";
import { jsonBlock, jsonPreview } from "./json-text.ts";

test.for([
  ["keys stand as they are", { number: "A-1", "a.b": 1 }, '{number: "A-1", a.b: 1}'],
  ["a key that pretends to be several is quoted", { "ok: true}, x": 1 }, '{"ok: true}, x": 1}'],
  ["a text has no quotes", "a\nb", "a ⏎ b"],
] as const)("%s", ([, value, shown]) => {
  expect(jsonPreview(value)).toBe(shown);
});

test("a long value is cut between graphemes", () => {
  expect(jsonBlock({ flags: "🇵🇱".repeat(20) }, 25)).toBe(`{\n  "flags": "${"🇵🇱".repeat(2)}…`);
});
