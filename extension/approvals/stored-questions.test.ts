import { expect, test, vi } from "vitest";
import type { Json } from "#common/json.ts";
import { fail, ok } from "#common/result.ts";
import type { WaitingQuestion } from "#runs/session/waiting-questions.ts";
import { Inbox } from "./inbox.ts";
import { QuestionQueue } from "./question-queue.ts";
import { StoredQuestions, type WaitingRuns } from "./stored-questions.ts";

const waiting: WaitingQuestion = {
  run: "r1",
  file: "a.tac",
  question: { id: "q1", kind: "approval", message: "Ship?", details: {} },
  askedAt: "2026-01-01T00:00:00.000Z",
  settle: async () => ok(true),
};

function inboxWith(answer: Json | undefined, more: Partial<WaitingRuns> = {}, deadline?: number) {
  const left = [deadline === undefined ? waiting : { ...waiting, deadline }];
  const runs = {
    questions: vi.fn(async () => [...left]),
    store: vi.fn(async () => {
      left.pop();
      return ok(undefined);
    }),
    resume: vi.fn(async () => {}),
    tell: vi.fn(async () => {}),
    ...more,
  };
  const inbox = new Inbox();
  const askPerson = vi.fn(async () => answer);
  const queue = new QuestionQueue();
  const stored = new StoredQuestions({ inbox, queue, askPerson, runs, folders: () => ["/work"] });
  return { inbox, runs, stored, askPerson };
}

test("an answer is kept, the question is gone, and the run goes on", async () => {
  const { inbox, runs, stored, askPerson } = inboxWith(true);
  await stored.refresh();
  expect(inbox.questions).toMatchObject([{ id: "r1/q1", waitingRun: "r1", file: "a.tac" }]);
  await inbox.questions[0]?.show();
  expect(askPerson).toHaveBeenCalledWith(expect.objectContaining({ workspaceRoot: "/work", file: "a.tac" }));
  expect(runs.store).toHaveBeenCalledWith("/work", waiting, true);
  expect(inbox.questions).toEqual([]);
  expect(runs.resume).toHaveBeenCalledWith("/work", "r1");
});

test("a prompt that is closed keeps nothing", async () => {
  const { inbox, runs, stored } = inboxWith(undefined);
  await stored.refresh();
  await inbox.questions[0]?.show();
  expect(runs.store).not.toHaveBeenCalled();
  expect(inbox.questions).toHaveLength(1);
});

test("a question whose time is over is asked of nobody: the run goes on", async () => {
  const { inbox, runs, stored, askPerson } = inboxWith(true, {}, Date.parse(waiting.askedAt) + 1000);
  await stored.refresh();
  await inbox.questions[0]?.show();
  expect(askPerson).not.toHaveBeenCalled();
  expect(runs.store).not.toHaveBeenCalled();
  expect(runs.resume).toHaveBeenCalledWith("/work", "r1");
});

test("what can't be kept is told, and the run stays", async () => {
  const problem = { code: "run-in-use", message: "elsewhere", exitCode: 2 } as const;
  const { inbox, runs, stored } = inboxWith(true, { store: async () => fail(problem) });
  await stored.refresh();
  await inbox.questions[0]?.show();
  expect(runs.tell).toHaveBeenCalledWith(problem, "/work");
  expect(runs.resume).not.toHaveBeenCalled();
});
