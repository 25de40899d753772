import { describe, expect, test } from "vitest";
import { askerOf, fullText, type HumanQuestion, optionsOf } from "./human-question.ts";

function question(more: Partial<HumanQuestion> = {}): HumanQuestion {
  return { id: "1", kind: "approval", message: "Send it?", details: {}, ...more };
}

test("who asks is told by the event, with its line", () => {
  expect(askerOf(question({ at: { file: "a.tac", line: 7 } }), "b.tac")).toBe("a.tac, line 7, asks:");
  expect(askerOf(question(), "b.tac")).toBe("b.tac asks:");
});

test("the full text has the message and every detail, with nothing unseen", () => {
  const text = fullText(
    question({
      message: "Send\u202Eit?",
      details: { context: { to: "ann" }, artifact: "Dear Ann", empty: {} },
    }),
    "b.tac",
  );
  expect(text).toBe('b.tac asks:\n\nSend‹U+202E›it?\n\ncontext:\n{\n  "to": "ann"\n}\n\nartifact:\nDear Ann');
});

describe("options", () => {
  test.for([
    ["approve", { label: "approve", value: "approve" }],
    [3, { label: "3", value: 3 }],
    [
      { label: "Yes", value: 1 },
      { label: "Yes", value: 1 },
    ],
    [
      { label: "Approve", type: "action" },
      { label: "Approve", value: "Approve" },
    ],
    [{ value: { a: 1 } }, { label: '{"a":1}', value: { a: 1 } }],
    [null, { label: "null", value: null }],
  ] as const)("%j", ([given, option]) => {
    expect(optionsOf([given])).toEqual([option]);
  });
});
