import { expect, test } from "vitest";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import { fullText } from "./question-text.ts";

function question(more: Partial<HumanQuestion> = {}): HumanQuestion {
  return { id: "1", kind: "approval", message: "Send it?", details: {}, ...more };
}

test("the full text has the message and every detail, with nothing unseen", () => {
  const text = fullText(
    question({
      message: "Send\u202Eit?",
      details: { context: { to: "ann" }, artifact: "Dear Ann", empty: {} },
    }),
    "b.tac",
  );
  expect(text).toBe(
    'b.tac asks:\n\n│ Send‹U+202E›it?\n\n│ context:\n│ {\n│   "to": "ann"\n│ }\n\n│ artifact:\n│ Dear Ann',
  );
});
