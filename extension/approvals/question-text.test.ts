import { expect, test } from "vitest";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import { askerOf, fullText } from "./question-text.ts";

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
