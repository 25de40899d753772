import { expect, test } from "vitest";
import { QuestionQueue } from "./question-queue.ts";

test("one question is shown at a time, in order", async () => {
  const queue = new QuestionQueue();
  const shown: string[] = [];
  const first = Promise.withResolvers<string>();
  const { signal } = new AbortController();
  const a = queue.ask(() => {
    shown.push("a");
    return first.promise;
  }, signal);
  const b = queue.ask(async () => {
    shown.push("b");
    return "yes";
  }, signal);
  await Promise.resolve();
  expect(shown).toEqual(["a"]);
  first.resolve("no");
  expect(await Promise.all([a, b])).toEqual(["no", "yes"]);
  expect(shown).toEqual(["a", "b"]);
});

test("an aborted question ends without an answer, also while it is shown", async () => {
  const queue = new QuestionQueue();
  const abort = new AbortController();
  const answer = queue.ask(() => new Promise<string>(() => undefined), abort.signal);
  abort.abort();
  expect(await answer).toBeUndefined();
});

test("a question that was aborted while it waited is never shown", async () => {
  const queue = new QuestionQueue();
  const abort = new AbortController();
  const first = Promise.withResolvers<string>();
  const { signal } = new AbortController();
  const a = queue.ask(() => first.promise, signal);
  const b = queue.ask(async () => expect.unreachable(), abort.signal);
  abort.abort();
  first.resolve("done");
  expect(await a).toBe("done");
  expect(await b).toBeUndefined();
});

test("a question that fails does not block the next", async () => {
  const queue = new QuestionQueue();
  const { signal } = new AbortController();
  await expect(queue.ask(() => Promise.reject(new Error("x")), signal)).rejects.toThrow("x");
  expect(await queue.ask(async () => 1, signal)).toBe(1);
});
