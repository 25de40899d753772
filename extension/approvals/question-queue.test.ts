import { expect, test } from "vitest";
import { QuestionQueue } from "./question-queue.ts";

const { signal } = new AbortController();

/** Lets what was started go as far as it can. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("one question is shown at a time, in order", async () => {
  const queue = new QuestionQueue();
  const shown: string[] = [];
  const first = Promise.withResolvers<string>();
  const a = queue.ask(() => {
    shown.push("a");
    return first.promise;
  }, signal);
  const b = queue.ask(async () => {
    shown.push("b");
    return "yes";
  }, signal);
  await settled();
  expect(shown).toEqual(["a"]);
  first.resolve("no");
  expect(await Promise.all([a, b])).toEqual(["no", "yes"]);
  expect(shown).toEqual(["a", "b"]);
});

test("a question that is asked for comes first, instead of the one that is shown", async () => {
  const queue = new QuestionQueue();
  const shown: string[] = [];
  const untilHidden = (name: string) => (hidden: AbortSignal) => {
    shown.push(name);
    return new Promise<undefined>((resolve) => hidden.addEventListener("abort", () => resolve(undefined)));
  };
  const a = queue.ask(untilHidden("a"), signal);
  void queue.ask(untilHidden("b"), signal);
  await settled();
  void queue.askFirst(untilHidden("c"), signal);
  expect(await a).toBeUndefined();
  await settled();
  expect(shown).toEqual(["a", "c"]);
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
  const a = queue.ask(() => first.promise, signal);
  const b = queue.ask(async () => expect.unreachable(), abort.signal);
  await settled();
  abort.abort();
  first.resolve("done");
  expect(await a).toBe("done");
  expect(await b).toBeUndefined();
});

test("a question that fails does not block the next", async () => {
  const queue = new QuestionQueue();
  await expect(queue.ask(() => Promise.reject(new Error("x")), signal)).rejects.toThrow("x");
  expect(await queue.ask(async () => 1, signal)).toBe(1);
});
