import { expect, test } from "vitest";
import { plainLabel } from "./plain-label.ts";

test.for([
  ["icons are broken up", "$(verified) safe", "$ (verified) safe"],
  ["links are broken up", "[go](command:x)", "[go] (command:x)"],
  ["line breaks are marked", "run\nApproved by you", "run ⏎ Approved by you"],
  ["direction and escapes are shown", "a\u202eb\u001b[2J", "a‹U+202E›b␛[2J"],
] as const)("%s", ([, text, shown]) => {
  expect(plainLabel(text)).toBe(shown);
});

test("a label is cut by what people see as letters", () => {
  expect(plainLabel("👩‍👩‍👧".repeat(10), 4).endsWith("…")).toBe(true);
});
