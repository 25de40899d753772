import { expect, test } from "vitest";
import { settleAnswer } from "#broker/humans/settle-answer.ts";
import type { Json } from "#common/json.ts";
import { ok } from "#common/result.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import { givenAnswer } from "./given-answer.ts";

const files = { status: async ({ path }: { path: string }) => ok({ exists: path === "a.txt", bytes: 3 }) };
const uploaded = { path: "a.txt", name: "a.txt", size: 3, mime_type: "text/plain" };
const decisions = [{ label: "Approve", value: "approved" }];

function given(text: string, question: Partial<HumanQuestion>) {
  return givenAnswer(
    text,
    { id: "q", kind: "input", message: "", details: {}, ...question },
    (asked, answer) => settleAnswer(asked, answer, files),
  );
}

test.for<[string, Partial<HumanQuestion>, Json]>([
  ["true", { kind: "approval" }, true],
  ["no", { kind: "approval" }, false],
  ["Ann", { kind: "input" }, "Ann"],
  ["42", { kind: "input" }, "42"],
  ["true", { kind: "input" }, "true"],
  ['"quoted"', { kind: "input" }, "quoted"],
  ["2", { kind: "select", options: ["a", "b"] }, "b"],
  ["2", { kind: "select", options: [1, 2, 3] }, 2],
  ["Green", { kind: "select", options: [{ label: "Green", value: "g" }] }, "g"],
  ['["b"]', { kind: "select", options: ["a", "b"], details: { mode: "multiple" } }, ["b"]],
  ["a,b", { kind: "select", options: ["a", "b"], details: { mode: "multiple" } }, ["a", "b"]],
  [
    "approved",
    { kind: "review", options: decisions },
    { decision: "approved", feedback: "", edited_artifact: null },
  ],
  [
    '{"decision":"Approve","feedback":"fine"}',
    { kind: "review", options: decisions },
    { decision: "Approve", feedback: "fine", edited_artifact: null },
  ],
  ["a.txt", { kind: "upload" }, uploaded],
  ["a.txt", { kind: "upload", details: { multiple: true } }, [uploaded]],
  ["null", { kind: "escalation" }, null],
  ["done", { kind: "escalation" }, "done"],
  ['{"a":"x"}', { kind: "inputs", details: { items: [{ id: "a", type: "input" }] } }, { a: "x" }],
  ['{"n":[1]}', { kind: "custom" }, { n: [1] }],
])("%s to %o is %o", async ([text, question, answer]) => {
  expect(await given(text, question)).toEqual(ok(answer));
});

test.for<[string, Partial<HumanQuestion>, string]>([
  ["maybe", { kind: "approval" }, "true or false"],
  ["3", { kind: "select", options: ["a", "b"] }, "none of the options: a, b"],
  ["../a", { kind: "upload" }, "no file"],
])("%s to %o is refused", async ([text, question, problem]) => {
  expect(await given(text, question)).toEqual({ ok: false, error: expect.stringContaining(problem) });
});
