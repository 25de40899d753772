import { expect, test } from "vitest";
import { askerText } from "./asker-text.ts";
import type { HumanQuestion } from "./human-question.ts";

const question: HumanQuestion = { id: "1", kind: "approval", message: "Send it?", details: {} };

test.for([
  ["the file that was started", {}, "desk.tac asks:"],
  ["its line", { at: { file: "desk.tac", line: 7 } }, "desk.tac, line 7, asks:"],
  [
    "a module of it, behind what is known for sure",
    { at: { file: "VS Code security check", line: 1 } },
    "desk.tac asks (from VS Code security check, line 1):",
  ],
  [
    "a tool of the host, whatever the procedure asks in the same words",
    { hostTool: "send_mail", at: { file: "desk.tac", line: 3 } },
    "Host tool send_mail, called by desk.tac (line 3):",
  ],
  ["nothing unseen", { at: { file: "a\u202e\nb", line: 1 } }, "desk.tac asks (from a‹U+202E› ⏎ b, line 1):"],
] as const)("%s", ([, more, text]) => {
  expect(askerText({ ...question, ...more }, "desk.tac")).toBe(text);
});
