import { PassThrough } from "node:stream";
import { expect, test, vi } from "vitest";
import type { HumanQuestion } from "#broker/humans/human-front-end.ts";
import type { Json } from "#common/json.ts";
import { createTerminalHumans } from "./terminal-humans.ts";

interface Conversation {
  readonly answer: Promise<Json | undefined>;
  readonly shown: () => string;
  readonly abort: () => void;
  /** Types a line when the next prompt stands there. */
  type(line: string): Promise<void>;
  /** Lets the time pass in which nothing counts. */
  read(): void;
}

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
  const humans = createTerminalHumans({ input, output, interrupt: () => {}, now: () => time });
  return {
    answer: humans.ask(whole, aborting.signal),
    shown: () => shown,
    abort: () => aborting.abort(),
    read: () => {
      time = 1000;
    },
    async type(line) {
      const prompts = (): number => shown.match(/> |\? |: |\(y\/n\) /g)?.length ?? 0;
      await vi.waitFor(() => expect(prompts()).toBeGreaterThan(typed), { interval: 5 });
      typed = prompts();
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
    question: { kind: "review", options: [{ label: "Approve" }] },
    types: ["1", "fine"],
    answer: { decision: "Approve", feedback: "fine" },
  },
  {
    name: "several inputs",
    question: {
      kind: "inputs",
      details: {
        items: [
          { id: "a", message: "A?" },
          { id: "b", message: "B?" },
        ],
      },
    },
    types: ["1", "2"],
    answer: { a: "1", b: "2" },
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

test("a question that nobody waits for any more disappears", async () => {
  const conversation = converse({});
  conversation.abort();
  expect(await conversation.answer).toBeUndefined();
});

test("what is asked is data", async () => {
  const conversation = converse({ message: "\u001b[2Jfake", details: { note: "\u202egnp" } });
  await vi.waitFor(() => expect(conversation.shown()).toContain("fake"));
  expect(conversation.shown()).not.toContain("\u001b[2J");
  expect(conversation.shown()).not.toContain("\u202e");
  conversation.abort();
  await conversation.answer;
});
