import { PassThrough } from "node:stream";
import { expect, test, vi } from "vitest";
import { settleAnswer } from "#broker/humans/settle-answer.ts";
import type { Json } from "#common/json.ts";
import { ok } from "#common/result.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import { createTerminalHumans } from "./terminal-humans.ts";

interface Conversation {
  readonly answer: Promise<Json | undefined>;
  readonly shown: () => string;
  readonly abort: () => void;
  /** Types a line when the next prompt stands there. */
  type(line: string): Promise<void>;
  /** Ends the input, as Ctrl-D does. */
  end(): void;
  /** Lets the time pass in which nothing counts. */
  read(): void;
}

const files = { status: async ({ path }: { path: string }) => ok({ exists: path === "a.txt", bytes: 3 }) };
const uploaded = { path: "a.txt", name: "a.txt", size: 3, mime_type: "text/plain" };

function converse(question: Partial<HumanQuestion>): Conversation {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = "";
  output.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
  });
  let time = 0;
  let typed = 0;
  const aborting = new AbortController();
  const whole = { id: "1", kind: "input", message: "What", details: {}, ...question } as const;
  const humans = createTerminalHumans({ input, output, interrupt: () => {}, now: () => time }, "desk.tac");
  return {
    answer: humans.ask(whole, {
      signal: aborting.signal,
      settle: (asked, given) => settleAnswer(asked, given, files),
    }),
    end: () => input.end(),
    shown: () => shown,
    abort: () => aborting.abort(),
    read: () => {
      time = 1000;
    },
    async type(line) {
      await vi.waitFor(() => expect(shown.slice(typed)).toMatch(/(>|:|\)|\|) $/), { interval: 5 });
      typed = shown.length;
      input.write(`${line}\n`);
    },
  };
}

const options = ["red", { label: "Green", value: "g" }];
const cases: ReadonlyArray<{
  name: string;
  question: Partial<HumanQuestion>;
  types: string[];
  answer: Json;
}> = [
  { name: "yes", question: { kind: "approval" }, types: ["yes"], answer: true },
  { name: "no", question: { kind: "approval", default: true }, types: ["n"], answer: false },
  {
    name: "an empty line never approves",
    question: { kind: "approval", default: true },
    types: ["", "n"],
    answer: false,
  },
  { name: "a text", question: { kind: "input" }, types: ["  hello "], answer: "hello" },
  { name: "the default", question: { kind: "input", default: "anon" }, types: [""], answer: "anon" },
  { name: "an option by number", question: { kind: "select", options }, types: ["2"], answer: "g" },
  {
    name: "an option by name, after a wrong one",
    question: { kind: "select", options },
    types: ["blue", "RED"],
    answer: "red",
  },
  {
    name: "several options",
    question: { kind: "select", options, details: { mode: "multiple" } },
    types: ["1, green"],
    answer: ["red", "g"],
  },
  {
    name: "a review",
    question: { kind: "review", options: [{ label: "Approve" }], details: { artifact: { n: 1 } } },
    types: ["maybe", "1", "fine"],
    answer: { decision: "Approve", feedback: "fine", edited_artifact: { n: 1 } },
  },
  {
    name: "a review with an edit",
    question: {
      kind: "review",
      options: [{ label: "Approve", value: "approved" }],
      details: { artifact: "draft" },
    },
    types: ["e", "one", "two", ".", "approve", ""],
    answer: { decision: "approved", feedback: "", edited_artifact: "one\ntwo" },
  },
  {
    name: "a file, after one that is not there",
    question: { kind: "upload" },
    types: ["b.txt", "a.txt"],
    answer: uploaded,
  },
  {
    name: "several files",
    question: { kind: "upload", details: { multiple: true } },
    types: ["a.txt, a.txt"],
    answer: [uploaded, uploaded],
  },
  {
    name: "several inputs",
    question: {
      kind: "inputs",
      details: {
        items: [
          { id: "a", type: "input", message: "A?" },
          { id: "b", type: "select", message: "B?", options: ["x", "y"] },
          { id: "c", type: "approval", message: "C?" },
          { id: "d", type: "input", message: "D?", required: false },
          { id: "e", type: "input", message: "E?", default: "preset" },
        ],
      },
    },
    types: ["", "1", "z", "2", "maybe", "n", "", ""],
    answer: { a: "1", b: "y", c: false, e: "preset" },
  },
  { name: "any value", question: { kind: "custom" }, types: ['{"n": 1}'], answer: { n: 1 } },
  { name: "any text", question: { kind: "custom" }, types: ["not {json"], answer: "not {json" },
  {
    name: "an action",
    question: { kind: "custom", details: { actions: [{ id: "again", label: "Once more" }] } },
    types: ["once more"],
    answer: { action: "again" },
  },
  {
    name: "a form by its schema",
    question: {
      kind: "custom",
      details: {
        response_schema: {
          type: "object",
          required: ["count", "tags"],
          properties: {
            count: { type: "integer", minimum: 1 },
            tags: { type: "array", items: { enum: ["a", "b"] } },
            note: { type: "string", title: "Note" },
            loud: { type: "boolean" },
          },
        },
      },
    },
    types: ["many", "0", "3", "b", "", "y"],
    answer: { count: 3, tags: ["b"], loud: true },
  },
  { name: "an escalation", question: { kind: "escalation" }, types: [""], answer: null },
];

test.for(cases)("$name", async ({ question, types, answer }) => {
  const conversation = converse(question);
  conversation.read();
  for (const line of types) await conversation.type(line);
  expect(await conversation.answer).toEqual(answer);
});

test("what was typed before the question could be read does not count", async () => {
  const conversation = converse({ kind: "approval" });
  await conversation.type("y");
  await vi.waitFor(() => expect(conversation.shown().split("(y/n)")).toHaveLength(3));
  conversation.read();
  await conversation.type("n");
  expect(await conversation.answer).toBe(false);
});

test("Ctrl-C ends the run, not the question", async () => {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  output.resume();
  const interrupt = vi.fn();
  const aborting = new AbortController();
  const humans = createTerminalHumans({ input, output, interrupt, now: () => 0 }, "desk.tac");
  const question: HumanQuestion = { id: "1", kind: "approval", message: "Ship?", details: {} };
  const answer = humans.ask(question, { signal: aborting.signal, settle: async () => ok(true) });
  input.write("\u0003");
  await vi.waitFor(() => expect(interrupt).toHaveBeenCalledOnce());
  aborting.abort();
  expect(await answer).toBeUndefined();
});

test("the end of the input puts a question aside", async () => {
  const conversation = converse({ kind: "approval" });
  await vi.waitFor(() => expect(conversation.shown()).toContain("(y/n)"));
  conversation.end();
  expect(await conversation.answer).toBeUndefined();
});

test("a question that nobody waits for any more disappears", async () => {
  const conversation = converse({});
  conversation.abort();
  expect(await conversation.answer).toBeUndefined();
});

test("who asks is said first, and no line of what is asked can be taken for one of ours", async () => {
  const question = { kind: "approval", hostTool: "send", message: "Fine?\nother.tac asks:" } as const;
  const conversation = converse({ ...question, details: { call: { to: "a\nb" }, note: "x\n  1) Yes" } });
  await vi.waitFor(() => expect(conversation.shown()).toContain("(y/n)"));
  expect(conversation.shown().split("\n").slice(0, 7)).toEqual([
    "Host tool send, called by desk.tac:",
    "│ Fine?",
    "│ other.tac asks:",
    "│ call:",
    "│ {",
    '│   "to": "a\\nb"',
    "│ }",
  ]);
  conversation.abort();
  await conversation.answer;
});

test("what is asked is data", async () => {
  const conversation = converse({ message: "\u001b[2Jfake", details: { note: "\u202egnp" } });
  await vi.waitFor(() => expect(conversation.shown()).toContain("fake"));
  expect(conversation.shown()).not.toContain("\u001b[2J");
  expect(conversation.shown()).not.toContain("\u202e");
  conversation.abort();
  await conversation.answer;
});
