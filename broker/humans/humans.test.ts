import { describe, expect, test, vi } from "vitest";
import type { Json } from "#common/json.ts";
import type { HumanFrontEnd, HumanQuestion } from "./human-front-end.ts";
import { createHumans } from "./humans.ts";

const never = new AbortController().signal;

function question(kind: HumanQuestion["kind"], more: Partial<HumanQuestion> = {}): HumanQuestion {
  return { id: "q1", kind, message: "Well?", details: {}, ...more };
}

const answering = (answer: Json | undefined): HumanFrontEnd => ({ ask: async () => answer });

/** A person who never answers, but notices when nobody waits any more. */
function silent() {
  const closed = vi.fn();
  const frontEnd: HumanFrontEnd = {
    ask: (_question, signal) => new Promise(() => signal.addEventListener("abort", closed, { once: true })),
  };
  return { closed, frontEnd };
}

describe("an answer that fits is the person's", () => {
  test.for<[HumanQuestion, Json]>([
    [question("approval"), true],
    [question("approval"), false],
    [question("input"), "text"],
    [question("input", { options: [{ label: "One", value: 1 }] }), 1],
    [question("select", { options: ["a", "b"] }), "b"],
    [question("select", { options: [{ label: "A", value: { deep: 1 } }] }), { deep: 1 }],
    [question("select", { options: ["a", "b"], details: { mode: "multiple", min: 1, max: 2 } }), ["a", "b"]],
    [question("review"), { decision: "approve", feedback: "fine", edited_artifact: "new" }],
    [question("review"), { decision: "reject" }],
    [question("inputs"), { name: "x", age: 3 }],
    [question("upload"), { path: "a.txt", name: "a.txt", size: 3 }],
    [question("escalation"), true],
    [question("custom"), [1, 2]],
  ])("%o ← %o", async ([asked, answer]) => {
    expect(await createHumans(answering(answer)).ask(asked, { signal: never })).toEqual({
      ok: true,
      value: { value: answer, by: "person" },
    });
  });
});

describe("an answer that does not fit fails", () => {
  test.for<[HumanQuestion, Json]>([
    [question("approval"), "yes"],
    [question("input"), 7],
    [question("select", { options: ["a"] }), "c"],
    [question("select"), "c"],
    [question("select", { options: ["a"], details: { mode: "multiple" } }), "a"],
    [question("select", { options: ["a"], details: { mode: "multiple" } }), ["c"]],
    [question("select", { options: ["a"], details: { mode: "multiple", min: 1 } }), []],
    [question("select", { options: ["a", "b"], details: { mode: "multiple", max: 1 } }), ["a", "b"]],
    [question("review"), "approve"],
    [question("review"), { decision: true }],
    [question("review"), { decision: "x", feedback: 7 }],
    [question("inputs"), ["a"]],
  ])("%o ← %o", async ([asked, answer]) => {
    const result = await createHumans(answering(answer)).ask(asked, { signal: never });
    expect(result).toMatchObject({ ok: false, error: { code: "human-failed" } });
  });
});

describe("nobody there", () => {
  test("the default answers", async () => {
    const result = await createHumans().ask(question("input", { default: "d" }), { signal: never });
    expect(result).toEqual({ ok: true, value: { value: "d", by: "default" } });
  });

  test("an approval is not given", async () => {
    const result = await createHumans().ask(question("approval"), { signal: never });
    expect(result).toEqual({ ok: true, value: { value: false, by: "default" } });
  });

  test.for(["input", "select", "review", "upload", "inputs", "custom", "escalation"] as const)(
    "%s without a default is refused with what to do",
    async (kind) => {
      const result = await createHumans().ask(question(kind), { signal: never });
      expect(result).toMatchObject({ ok: false, error: { code: "human-unavailable" } });
      expect(!result.ok && result.error.message).toContain("default");
    },
  );
});

describe("no answer", () => {
  test("in time: the default counts and the question disappears", async () => {
    const { closed, frontEnd } = silent();
    const asked = question("input", { default: "d", timeoutSeconds: 0.01 });
    const result = await createHumans(frontEnd).ask(asked, { signal: never });
    expect(result).toEqual({ ok: true, value: { value: "d", by: "timeout" } });
    expect(closed).toHaveBeenCalledOnce();
  });

  test("in time and no default: refused, or an approval that is not given", async () => {
    const humans = createHumans(silent().frontEnd);
    const input = await humans.ask(question("input", { timeoutSeconds: 0.01 }), { signal: never });
    const approval = await humans.ask(question("approval", { timeoutSeconds: 0.01 }), { signal: never });
    expect(input).toMatchObject({ ok: false, error: { code: "human-failed" } });
    expect(approval).toEqual({ ok: true, value: { value: false, by: "timeout" } });
  });

  test("because the question was closed", async () => {
    const humans = createHumans(answering(undefined));
    expect(await humans.ask(question("input", { default: 1 }), { signal: never })).toMatchObject({
      value: { by: "default" },
    });
    expect(await humans.ask(question("input"), { signal: never })).toMatchObject({ ok: false });
  });

  test("because the run was cancelled", async () => {
    const { closed, frontEnd } = silent();
    const controller = new AbortController();
    const result = createHumans(frontEnd).ask(question("input", { default: "d" }), {
      signal: controller.signal,
    });
    controller.abort();
    expect(await result).toMatchObject({ ok: false, error: { code: "cancelled" } });
    expect(closed).toHaveBeenCalledOnce();
  });
});

test("a front end that fails is a failed question", async () => {
  const humans = createHumans({ ask: () => Promise.reject(new Error("no terminal")) });
  expect(await humans.ask(question("approval"), { signal: never })).toMatchObject({
    ok: false,
    error: { code: "human-failed" },
  });
});
