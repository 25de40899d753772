import { expect, test, vi } from "vitest";
import { ok } from "#common/result.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import { EditorHumans } from "./editor-humans.ts";
import { Inbox, type OpenQuestion } from "./inbox.ts";
import type { AskPerson } from "./person-at-editor.ts";
import { questionAppearance } from "./question-appearance.ts";
import { QuestionQueue } from "./question-queue.ts";

const question: HumanQuestion = {
  id: "q",
  kind: "approval",
  message: "$(flame) Ship\u202E?",
  details: {},
  at: { file: "a.tac", line: 3 },
};
const settle = async () => ok(true);

function editor(askPerson: AskPerson) {
  const inbox = new Inbox();
  const aborting = new AbortController();
  const humans = new EditorHumans({
    file: "a.tac",
    workspaceRoot: "/work",
    inbox,
    queue: new QuestionQueue(),
    askPerson,
  });
  return { inbox, aborting, answer: humans.ask(question, { signal: aborting.signal, settle }) };
}

/** Lets what was started go as far as it can. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("an answer takes the question out of the inbox", async () => {
  const { inbox, answer } = editor(async () => true);
  expect(inbox.questions).toHaveLength(1);
  expect(await answer).toBe(true);
  expect(inbox.questions).toEqual([]);
});

test("a question that is closed stays, and can be answered from the inbox", async () => {
  const answers = [undefined, false];
  const askPerson = vi.fn(async () => answers.shift());
  const { inbox, answer } = editor(askPerson);
  await settled();
  expect(askPerson).toHaveBeenCalledOnce();
  await inbox.questions[0]?.show();
  expect(await answer).toBe(false);
  expect(inbox.questions).toEqual([]);
});

test("putting aside ends the wait and hides what is shown", async () => {
  const hidden = vi.fn();
  const { inbox, answer } = editor(({ signal }) => {
    signal.addEventListener("abort", hidden);
    return new Promise(() => {});
  });
  await settled();
  inbox.putAllAside();
  expect(await answer).toBeUndefined();
  expect(hidden).toHaveBeenCalledOnce();
  expect(inbox.questions).toEqual([]);
});

test("the end of the run takes the question away", async () => {
  const { inbox, answer, aborting } = editor(() => new Promise(() => {}));
  aborting.abort();
  expect(await answer).toBeUndefined();
  expect(inbox.questions).toEqual([]);
});

test("a question that can't be shown fails", async () => {
  const { answer } = editor(() => Promise.reject(new Error("no window")));
  await expect(answer).rejects.toThrow("no window");
});

test("the inbox has the questions of runs that wait too, the oldest first, and tells of changes only", async () => {
  const { inbox } = editor(() => new Promise(() => {}));
  const stored = {
    id: "r/1",
    question,
    file: "b.tac",
    askedAt: new Date(0),
    waitingRun: "r",
  } as OpenQuestion;
  const changed = vi.fn();
  inbox.onChange(changed);
  inbox.setStored("/work", [stored]);
  inbox.setStored("/work", [stored]);
  expect(changed).toHaveBeenCalledOnce();
  expect(inbox.questions.map(({ file }) => file)).toEqual(["b.tac", "a.tac"]);
});

test("what a row says is data", () => {
  const open = { id: "1", question, file: "a.tac", askedAt: new Date(0), waitingRun: "r" } as OpenQuestion;
  const { label, description, spoken } = questionAppearance(open, new Date(0));
  expect(label).toBe("$(flame) Ship‹U+202E›?");
  expect(description).toMatch(/^approval · a\.tac:3 · .* · run waits$/);
  expect(spoken).toContain("Question, ");
});
