import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { fail, ok, type Result } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import type { GenerateAnswer, GenerateParams } from "#protocol/wire/requests.ts";
import { RunSpending } from "./run-spending.ts";
import type { LimitReached, SpendingLimits, Spent } from "./spending-limits.ts";

const plenty: SpendingLimits = { cost: 100, onlyPriced: false, tokens: 1e6, turns: 1e3, toolCalls: 1e3 };
const price = { input: 1_000_000, output: 2_000_000 };

function params(more: Partial<GenerateParams> = {}): GenerateParams {
  return { turn: 1, agent: "a", provider: "p", model: "m", messages: [], tools: [], settings: {}, ...more };
}

function answerOf(inputTokens: number, outputTokens = 0, cost?: number): GenerateAnswer {
  const usage = { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens };
  return { text: "", toolCalls: [], finishReason: "stop", usage, ...(cost !== undefined && { cost }) };
}

function spendingOf(limits: Partial<SpendingLimits>, before?: Spent) {
  const events: RunEventBody[] = [];
  const reached: LimitReached[] = [];
  const spending = new RunSpending({
    limits: { ...plenty, ...limits },
    ...(before && { before }),
    emit: (event) => events.push(event),
    onLimit: (limit) => reached.push(limit),
  });
  const turn = async (answer: GenerateAnswer | undefined): Promise<boolean> => {
    const served = await spending.serveTurn(params(), price, async () =>
      answer ? ok(answer) : fail("no answer"),
    );
    return served !== undefined;
  };
  return { spending, events, reached, turn };
}

const cases: ReadonlyArray<{
  name: string;
  limits: Partial<SpendingLimits>;
  answers: ReadonlyArray<GenerateAnswer | undefined>;
  served: readonly boolean[];
  limit?: string;
}> = [
  {
    name: "as many requests as the limit says, failed ones counted",
    limits: { turns: 2 },
    answers: [answerOf(1), undefined, answerOf(1)],
    served: [true, true, false],
    limit: "turns",
  },
  {
    name: "no request at all",
    limits: { turns: 0 },
    answers: [answerOf(1)],
    served: [false],
    limit: "turns",
  },
  {
    name: "tokens: the answer that goes beyond the limit is the last one",
    limits: { tokens: 10 },
    answers: [answerOf(4, 5), answerOf(4, 5), answerOf(1)],
    served: [true, true, false],
    limit: "tokens",
  },
  {
    name: "cost",
    limits: { cost: 0.5 },
    answers: [answerOf(1, 0, 0.2), answerOf(1, 0, 0.3), answerOf(1)],
    served: [true, true, false],
    limit: "cost",
  },
  {
    name: "enough of everything",
    limits: {},
    answers: [answerOf(1), answerOf(1)],
    served: [true, true],
  },
];

test.for(cases)("$name", async ({ limits, answers, served, limit }) => {
  const { turn, reached } = spendingOf(limits);
  const outcomes: boolean[] = [];
  for (const answer of answers) outcomes.push(await turn(answer));
  expect(outcomes).toEqual(served);
  expect(reached.map((each) => each.limit)).toEqual(limit === undefined ? [] : [limit]);
});

test("what was spent is told after each request, all of it", async () => {
  const { turn, events } = spendingOf({});
  await turn(answerOf(3, 2, 0.25));
  await turn(answerOf(1, 1, 0.25));
  expect(events).toMatchObject([
    { type: "spending", turns: 1, usage: { totalTokens: 5 }, cost: 0.25 },
    { type: "spending", turns: 2, usage: { inputTokens: 4, outputTokens: 3, totalTokens: 7 }, cost: 0.5 },
  ]);
});

test("tool calls: those that the sandbox tells of, or those that the host is asked for, whichever are more", () => {
  const { spending, reached } = spendingOf({ toolCalls: 2 });
  spending.announceCall();
  expect(spending.requestCall()).toBe(true);
  expect(spending.requestCall()).toBe(true);
  expect(reached).toEqual([]);
  expect(spending.requestCall()).toBe(false);
  expect(spending.requestCall()).toBe(false);
  expect(reached.map(({ limit, value }) => [limit, value])).toEqual([["tool-calls", 2]]);
});

const before: Spent = {
  turns: 3,
  toolCalls: 3,
  usage: { inputTokens: 5, outputTokens: 5, totalTokens: 10 },
  cost: 1,
};

test.for<[string, Partial<SpendingLimits>]>([
  ["turns", { turns: 4 }],
  ["tokens", { tokens: 11 }],
  ["cost", { cost: 1.5 }],
])("a resumed run goes on with what it spent before: %s", async ([limit, limits]) => {
  const { turn, reached } = spendingOf(limits, before);
  expect(await turn(answerOf(1, 0, 0.5))).toBe(true);
  expect(await turn(answerOf(1))).toBe(false);
  expect(reached.map((each) => each.limit)).toEqual([limit]);
});

test("a resumed run has the tool calls that are left", () => {
  const { spending } = spendingOf({ toolCalls: 4 }, before);
  expect([spending.requestCall(), spending.requestCall()]).toEqual([true, false]);
});

test("each case has the limits for itself, and what all of them spent is told", async () => {
  const { spending, turn, events, reached } = spendingOf({ turns: 1, toolCalls: 1 });
  for (const _ of [1, 2]) {
    spending.beginCase();
    expect([await turn(answerOf(5)), spending.requestCall()]).toEqual([true, true]);
  }
  expect(events.at(-1)).toMatchObject({ turns: 2, usage: { totalTokens: 10 } });
  expect(await turn(answerOf(5))).toBe(false);
  expect(reached).toMatchObject([{ limit: "turns", value: 1 }]);
});

test("a model without a price is told of once, and refused where the cost is limited by a config", async () => {
  const lenient = spendingOf({});
  const serve = async () => ok(answerOf(1));
  for (const _ of [1, 2]) await lenient.spending.serveTurn(params(), undefined, serve);
  expect(lenient.events.filter(({ type }) => type === "log")).toMatchObject([
    { message: expect.stringContaining("p (m)") },
  ]);
  const strict = spendingOf({ onlyPriced: true });
  expect(await strict.spending.serveTurn(params(), undefined, serve)).toBeUndefined();
  expect(strict.reached).toMatchObject([{ limit: "cost", message: expect.stringContaining("price") }]);
});

test("requests at one time can't go past a limit together: one that may not fit waits for the others", async () => {
  const { spending, reached } = spendingOf({ tokens: 1000 });
  const large = params({ settings: { maxTokens: 600 } });
  const answers = Promise.withResolvers<Result<GenerateAnswer, string>>();
  const first = spending.serveTurn(large, price, () => answers.promise);
  let isServed = false;
  const second = spending.serveTurn(large, price, async () => {
    isServed = true;
    return ok(answerOf(1));
  });
  await setImmediate();
  answers.resolve(ok(answerOf(900, 100)));
  expect(await first).toMatchObject({ ok: true });
  expect(await second).toBeUndefined();
  expect(isServed).toBe(false);
  expect(reached.map(({ limit }) => limit)).toEqual(["tokens"]);
});
