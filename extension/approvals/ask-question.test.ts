import { describe, expect, test } from "vitest";
import { settleAnswer } from "#broker/humans/settle-answer.ts";
import type { Json } from "#common/json.ts";
import { fail, ok } from "#common/result.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import { askQuestion } from "./ask-question.ts";
import type { Documents, PickItem, Prompts } from "./prompts.ts";

const files = {
  status: async ({ path }: { path: string }) =>
    path.startsWith("..")
      ? fail({ code: "file-denied", message: "outside" })
      : ok({ exists: path === "a.csv", bytes: 3 }),
};
const file = { path: "a.csv", name: "a.csv", size: 3, mime_type: "text/csv" };

/**
 * A person who does what a script says: a text is typed, or names the row or the button to press; a list names rows
 * or paths; undefined closes the prompt.
 */
function ask(question: Partial<HumanQuestion>, script: readonly (string | readonly string[] | undefined)[]) {
  const acts = [...script];
  const seen: string[] = [];
  const next = (): string | readonly string[] | undefined => {
    if (acts.length === 0) throw new Error(`asked more than the script answers: ${seen.join(" | ")}`);
    return acts.shift();
  };
  const rowOf = <Value>(items: readonly PickItem<Value>[], label: unknown): PickItem<Value> => {
    const row = items.find((item) => item.label === label);
    if (!row) throw new Error(`no row ${label} among ${items.map((item) => item.label).join(", ")}`);
    return row;
  };
  const prompts: Prompts = {
    async text({ prompt }, { value, check }) {
      for (;;) {
        const act = next();
        seen.push(`${prompt} [${value ?? ""}]`);
        if (typeof act !== "string") return undefined;
        const typed = act === "ENTER" ? (value ?? "") : act;
        const problem = await check?.(typed);
        if (problem === undefined) return typed;
        seen.push(problem);
      }
    },
    async pick({ prompt }, items) {
      seen.push(
        `${prompt}: ${items.map(({ label, description }) => [label, description].filter(Boolean).join("=")).join(", ")}`,
      );
      const act = next();
      return act === undefined ? undefined : rowOf(items, act).value;
    },
    async picks(_texts, items, check) {
      for (;;) {
        const act = next();
        if (!Array.isArray(act)) return undefined;
        const chosen = act.map((label) => rowOf(items, label).value);
        const problem = await check(chosen);
        if (problem === undefined) return chosen;
        seen.push(problem);
      }
    },
    async decide(_texts, answers) {
      const act = next();
      return answers.find((answer) => answer === act);
    },
    async files() {
      const act = next();
      return Array.isArray(act) ? act : undefined;
    },
    async tell(problem) {
      seen.push(problem);
    },
  };
  const documents: Documents = {
    async showBelowPrompt(_title, text) {
      seen.push(`shown: ${text}`);
    },
    async compare(_title, before, after) {
      seen.push(`compared: ${before} → ${after}`);
    },
    async closeBelowPrompt() {
      seen.push("closed");
    },
    async edit() {
      const act = next();
      return typeof act === "string" ? act : undefined;
    },
  };
  const answer = askQuestion({
    question: { id: "q", kind: "input", message: "Well?", details: {}, ...question },
    texts: { title: "a.tac asks:", prompt: "Well?" },
    prompts,
    documents,
    settle: (asked, given) => settleAnswer(asked, given, files),
    signal: new AbortController().signal,
  });
  return { answer, seen };
}

const options = [
  "red",
  { label: "Green", value: "g", description: "calm" },
  { label: "Blue", style: "danger" },
];
const form = {
  items: [
    { id: "city", label: "City", type: "input", message: "Which city?" },
    { id: "size", label: "Size", type: "select", message: "Size", options: ["s", "m"] },
    { id: "sure", label: "Sure", type: "approval", message: "Sure?" },
    { id: "note", label: "Note", type: "input", message: "A note?", required: false, default: "none" },
  ],
};
const schema = {
  type: "object",
  required: ["count"],
  properties: { count: { type: "integer", minimum: 1 }, loud: { type: "boolean" } },
};
const decisions = [{ label: "Approve", value: "approved" }, { label: "Revise" }];

describe("each kind of question has its prompts", () => {
  const cases: ReadonlyArray<{
    name: string;
    question: Partial<HumanQuestion>;
    script: readonly (string | readonly string[] | undefined)[];
    answer: Json | undefined;
  }> = [
    { name: "approval", question: { kind: "approval" }, script: ["Approve"], answer: true },
    {
      name: "approval, refused",
      question: { kind: "approval", default: true },
      script: ["Reject"],
      answer: false,
    },
    { name: "approval, closed", question: { kind: "approval" }, script: [undefined], answer: undefined },
    { name: "escalation", question: { kind: "escalation" }, script: ["Acknowledge"], answer: true },
    { name: "escalation, closed", question: { kind: "escalation" }, script: [undefined], answer: undefined },
    { name: "input", question: {}, script: ["Ann"], answer: "Ann" },
    { name: "input, its default", question: { default: "anon" }, script: ["ENTER"], answer: "anon" },
    { name: "input with choices", question: { options }, script: ["Green"], answer: "g" },
    {
      name: "input with choices, a text",
      question: { options },
      script: ["Write a Text", "pink"],
      answer: "pink",
    },
    { name: "select", question: { kind: "select", options }, script: ["Blue"], answer: "Blue" },
    { name: "select, closed", question: { kind: "select", options }, script: [undefined], answer: undefined },
    {
      name: "select of several",
      question: { kind: "select", options, details: { mode: "multiple", min: 1, max: 2 } },
      script: [[], ["red", "Green", "Blue"], ["red", "Green"]],
      answer: ["red", "g"],
    },
    {
      name: "upload",
      question: { kind: "upload", details: { accept: [".csv"] } },
      script: [["../secret"], ["a.csv"]],
      answer: file,
    },
    {
      name: "upload of several",
      question: { kind: "upload", details: { multiple: true } },
      script: [["a.csv", "a.csv"]],
      answer: [file, file],
    },
    {
      name: "form",
      question: { kind: "inputs", details: form },
      script: ["", "Rome", "m", "Yes", "Size", "s", "Note", "hi", "Send"],
      answer: { city: "Rome", size: "s", sure: true, note: "hi" },
    },
    {
      name: "form, closed at its end",
      question: { kind: "inputs", details: form },
      script: ["Rome", "m", "No", undefined],
      answer: undefined,
    },
    { name: "custom", question: { kind: "custom" }, script: ['{"n": [1]}'], answer: { n: [1] } },
    {
      name: "custom, an action",
      question: { kind: "custom", details: { actions: [{ id: "again", label: "Once More" }] } },
      script: ["Once More"],
      answer: { action: "again" },
    },
    {
      name: "custom, a form by its schema",
      question: { kind: "custom", details: { response_schema: schema, actions: { stop: "Stop" } } },
      script: ["Fill In the Form", "0", "2", "loud", "Yes", "Send"],
      answer: { count: 2, loud: true },
    },
  ];
  test.for(cases)("$name", async ({ question, script, answer }) => {
    expect(await ask(question, script).answer).toEqual(answer);
  });
});

test("what is wrong with an answer is said, and the question is asked again", async () => {
  const { answer, seen } = ask({ details: { response_schema: { minLength: 3 } } }, ["ab", "abc"]);
  expect(await answer).toBe("abc");
  expect(seen).toContainEqual(expect.stringContaining("must NOT have fewer than 3 characters"));
});

describe("a review", () => {
  const question = {
    kind: "review",
    options: decisions,
    details: { artifact: "draft", original: "old" },
  } as const;

  test("compares with the original, takes the decision and a word", async () => {
    const { answer, seen } = ask(question, ["Revise", "shorter"]);
    expect(await answer).toEqual({ decision: "Revise", feedback: "shorter", edited_artifact: "draft" });
    expect(seen[0]).toBe("compared: old → draft");
    expect(seen[1]).toBe("Well?: Edit First, Approve, Revise");
  });

  test("compares an edit with the proposal before it is accepted", async () => {
    const { answer, seen } = ask(question, ["Edit First", "better", "Approve", ""]);
    expect(await answer).toEqual({ decision: "approved", feedback: "", edited_artifact: "better" });
    expect(seen).toContain("compared: draft → better");
    expect(seen).toContain("Well?: Edit Again, Approve=with your edit, Revise=with your edit");
  });

  test("an editor that is closed changes nothing", async () => {
    expect(await ask(question, ["Edit First", undefined, "Approve", ""]).answer).toMatchObject({
      edited_artifact: "draft",
    });
  });

  test("JSON stays JSON", async () => {
    const { answer, seen } = ask({ ...question, details: { artifact: { n: 1 } } }, [
      "Edit First",
      "{n",
      "Edit First",
      '{"n": 2}',
      "Approve",
      "",
    ]);
    expect(await answer).toMatchObject({ edited_artifact: { n: 2 } });
    expect(seen).toContainEqual(expect.stringContaining("not JSON any more"));
  });

  test("closing it decides nothing", async () => {
    expect(await ask(question, [undefined]).answer).toBeUndefined();
    expect(await ask(question, ["Approve", undefined]).answer).toBeUndefined();
  });
});

test("a choice shows its description, and which one to be careful with", async () => {
  const { answer, seen } = ask({ kind: "select", options }, ["red"]);
  await answer;
  expect(seen).toEqual(["Well?: red, Green=calm, Blue=careful"]);
});
