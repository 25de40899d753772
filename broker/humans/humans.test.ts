import { describe, expect, test, vi } from "vitest";
import type { Json } from "#common/json.ts";
import { ok } from "#common/result.ts";
import type { HumanQuestion } from "#protocol/humans/human-question.ts";
import type { Clock } from "./deadline.ts";
import type { HumanFrontEnd } from "./human-front-end.ts";
import { createHumans, type HumansOptions } from "./humans.ts";

const never = new AbortController().signal;
const files = { status: async () => ok({ exists: false, bytes: 0 }) };
const day = 24 * 3600;

function question(kind: HumanQuestion["kind"], more: Partial<HumanQuestion> = {}): HumanQuestion {
  return { id: "q1", kind, message: "Well?", details: {}, ...more };
}

function ask(asked: HumanQuestion, options: Partial<HumansOptions> = {}, signal = never) {
  return createHumans({ files, ...options }).ask(asked, { signal });
}

const answering = (answer: Json | undefined): HumanFrontEnd => ({ ask: async () => answer });

/** A person who never answers, but notices when nobody waits any more. */
function silent() {
  const closed = vi.fn();
  const asked = Promise.withResolvers<void>();
  const frontEnd: HumanFrontEnd = {
    ask: (_question, { signal }) => {
      signal.addEventListener("abort", closed, { once: true });
      asked.resolve();
      return new Promise(() => {});
    },
  };
  return { closed, frontEnd, asked: asked.promise };
}

/** A clock that is turned by hand. Like the system's, it can't be set further ahead than 2^31 milliseconds. */
function turnedClock(): Clock & { turn(seconds: number): void } {
  let now = Date.parse("2026-01-01T00:00:00Z");
  let timers: { at: number; call: () => void }[] = [];
  return {
    now: () => now,
    after(milliseconds, call) {
      const timer = { at: now + (milliseconds < 2 ** 31 ? milliseconds : 0), call };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    turn(seconds) {
      const end = now + seconds * 1000;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = next.at;
        timers = timers.filter((other) => other !== next);
        next.call();
      }
      now = end;
    },
  };
}

test("the answer of a person is checked and completed", async () => {
  expect(await ask(question("approval"), { frontEnd: answering(true) })).toEqual({
    ok: true,
    value: { value: true, by: "person" },
  });
  expect(await ask(question("approval"), { frontEnd: answering("yes") })).toMatchObject({
    ok: false,
    error: { code: "human-failed" },
  });
  const review = question("review", { details: { artifact: "draft" } });
  expect(await ask(review, { frontEnd: answering("fine") })).toMatchObject({
    value: { value: { decision: "fine", feedback: "", edited_artifact: "draft" } },
  });
});

test("a front end can have a part of the answer checked before it gives the whole", async () => {
  const frontEnd: HumanFrontEnd = {
    async ask(asked, { settle }) {
      const wrong = await settle(asked, 7);
      return wrong.ok ? undefined : wrong.error;
    },
  };
  expect(await ask(question("input"), { frontEnd })).toMatchObject({
    value: { value: "An input is answered with a text." },
  });
});

describe("nobody can be asked", () => {
  test("the default answers", async () => {
    expect(await ask(question("input", { default: "d" }))).toEqual({
      ok: true,
      value: { value: "d", by: "default" },
    });
  });

  test.for(["approval", "input", "select", "review", "upload", "inputs", "custom", "escalation"] as const)(
    "%s without a default waits",
    async (kind) => {
      expect(await ask(question(kind, { timeoutSeconds: 5 }))).toMatchObject({
        ok: false,
        error: { code: "waiting" },
      });
    },
  );
});

test("a question that is put aside waits, also with a default", async () => {
  const asked = question("input", { default: 1 });
  expect(await ask(asked, { frontEnd: answering(undefined) })).toMatchObject({ error: { code: "waiting" } });
});

describe("nobody answers in time", () => {
  const artifact = { artifact: "draft" };
  test.for<[HumanQuestion, Json]>([
    [question("approval"), false],
    [question("approval", { default: true }), true],
    [question("input"), null],
    [question("input", { default: "d" }), "d"],
    [question("select"), null],
    [question("select", { details: { mode: "multiple" } }), []],
    [
      question("review", { details: artifact }),
      { decision: "reject", feedback: "", edited_artifact: "draft" },
    ],
    [
      question("review", { details: artifact, default: "approved" }),
      { decision: "approved", feedback: "", edited_artifact: "draft" },
    ],
    [question("upload"), null],
    [question("custom"), null],
    [question("inputs", { details: { items: [{ id: "a", default: 1 }, { id: "b" }] } }), { a: 1 }],
  ])("%o → %o", async ([asked, value]) => {
    const clock = turnedClock();
    const person = silent();
    const answer = ask({ ...asked, timeoutSeconds: 30 * day }, { frontEnd: person.frontEnd, clock });
    await person.asked;
    clock.turn(30 * day - 1);
    expect(person.closed).not.toHaveBeenCalled();
    clock.turn(1);
    expect(await answer).toEqual({ ok: true, value: { value, by: "timeout" } });
    expect(person.closed).toHaveBeenCalledOnce();
  });

  test.for([
    ["2026-01-01T00:00:10Z", 10],
    ["2026-01-01T01:00:05+01:00", 5],
  ] as const)("expires_at %s ends it after %d seconds", async ([expiry, seconds]) => {
    const clock = turnedClock();
    const person = silent();
    const asked = question("input", { timeoutSeconds: 60, details: { expires_at: expiry } });
    const answer = ask(asked, { frontEnd: person.frontEnd, clock });
    await person.asked;
    clock.turn(seconds);
    expect(await answer).toMatchObject({ value: { by: "timeout" } });
  });

  test("a question that has expired is put to nobody", async () => {
    const frontEnd = { ask: vi.fn() };
    const asked = question("approval", { details: { expires_at: "2025-12-31T23:59:59Z" } });
    expect(await ask(asked, { frontEnd, clock: turnedClock() })).toMatchObject({ value: { by: "timeout" } });
    expect(frontEnd.ask).not.toHaveBeenCalled();
  });

  test("the time of a question goes on while nothing runs", async () => {
    const clock = turnedClock();
    const asked = question("input", { timeoutSeconds: 60, default: "d" });
    const askedAt = clock.now() - 50_000;
    const person = silent();
    const answer = createHumans({ files, frontEnd: person.frontEnd, clock }).ask(asked, {
      signal: never,
      askedAt,
    });
    await person.asked;
    clock.turn(10);
    expect(await answer).toMatchObject({ value: { value: "d", by: "timeout" } });
    const nobody = createHumans({ files, clock }).ask(question("input", { timeoutSeconds: 60 }), {
      signal: never,
      askedAt,
    });
    expect(await nobody).toEqual({ ok: true, value: { value: null, by: "timeout" } });
  });

  test("an answer in time stops the clock", async () => {
    const clock = turnedClock();
    const stopped = vi.fn();
    const watched: Clock = { now: clock.now, after: () => stopped };
    await ask(question("input", { timeoutSeconds: 5 }), { frontEnd: answering("x"), clock: watched });
    expect(stopped).toHaveBeenCalledOnce();
  });
});

describe("response_schema", () => {
  const schema = { type: "object", properties: { n: { type: "integer" } }, required: ["n"] };
  const asked = question("custom", { details: { response_schema: schema } });

  test("an answer that departs is refused with its place", async () => {
    expect(await ask(asked, { frontEnd: answering({ n: 1 }) })).toMatchObject({ ok: true });
    expect(await ask(asked, { frontEnd: answering({ n: "1" }) })).toMatchObject({
      error: { message: "Human.custom response does not match response_schema at /n: must be integer" },
    });
  });

  test("a default that departs is refused too", async () => {
    expect(await ask({ ...asked, default: {} })).toMatchObject({
      error: { code: "human-failed", message: expect.stringContaining("must have required property 'n'") },
    });
  });

  test("one that is no schema refuses the question before anybody is asked", async () => {
    const frontEnd = { ask: vi.fn() };
    const bad = question("input", { details: { response_schema: { type: "texts" } } });
    expect(await ask(bad, { frontEnd })).toMatchObject({
      error: { message: expect.stringMatching(/^Human.input response_schema is invalid: /) },
    });
    expect(frontEnd.ask).not.toHaveBeenCalled();
  });
});

test("a cancelled run waits for nobody", async () => {
  const person = silent();
  const controller = new AbortController();
  const answer = ask(question("input", { default: "d" }), { frontEnd: person.frontEnd }, controller.signal);
  controller.abort();
  expect(await answer).toMatchObject({ ok: false, error: { code: "cancelled" } });
  expect(person.closed).toHaveBeenCalledOnce();
});

test("a front end that fails is a failed question", async () => {
  const frontEnd: HumanFrontEnd = { ask: () => Promise.reject(new Error("no terminal")) };
  expect(await ask(question("approval"), { frontEnd })).toMatchObject({ error: { code: "human-failed" } });
});
