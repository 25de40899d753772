import type { Result } from "#common/result.ts";
import type { RunEventBody } from "#protocol/events/events.ts";
import { addUsage } from "#protocol/events/usage.ts";
import type { GenerateAnswer, GenerateParams } from "#protocol/wire/requests.ts";
import { costAt, type ModelPrice } from "../models/prices.ts";
import {
  type LimitReached,
  limitReached,
  nothingSpent,
  priceUnknown,
  type SpendingLimits,
  type Spent,
} from "./spending-limits.ts";

export interface RunSpendingOptions {
  readonly limits: SpendingLimits;
  /** What earlier parts of a resumed run spent. */
  readonly before?: Spent;
  readonly emit: (event: RunEventBody) => void;
  /** Told once, when something is asked for that a limit leaves no room for. */
  readonly onLimit: (reached: LimitReached) => void;
}

/** A request under way: at least this much it will take. */
interface Estimate {
  readonly tokens: number;
  readonly cost: number;
}

/** Characters of a token, about; fewer than most texts have, so that an estimate is rather too high. */
const charactersOfToken = 4;

/**
 * Counts what a run spends and says when nothing is left. The host counts what passes through it; the tool calls
 * inside of the sandbox are taken from its events. What an answer took is known only when it is there, so the last
 * request before a limit may go beyond it.
 */
export class RunSpending {
  readonly #options: RunSpendingOptions;
  /** What the limits are held against. */
  #spent: Spent;
  /** Of the cases that are over. */
  #ofEarlierCases: Spent = nothingSpent;
  #callsBefore: number;
  #announcedCalls = 0;
  #requestedCalls = 0;
  readonly #underWay = new Set<Estimate>();
  #oneEnded = Promise.withResolvers<void>();
  readonly #unpriced = new Set<string>();
  #reached = false;

  constructor(options: RunSpendingOptions) {
    this.#options = options;
    this.#spent = options.before ?? nothingSpent;
    this.#callsBefore = this.#spent.toolCalls;
  }

  /** Begins a case of a specification or an evaluation: each is a run of its own for the limits. */
  beginCase(): void {
    this.#ofEarlierCases = sumOf(this.#ofEarlierCases, this.#spent);
    this.#spent = nothingSpent;
    this.#callsBefore = 0;
    this.#announcedCalls = 0;
    this.#requestedCalls = 0;
  }

  /**
   * Serves one request to a model, or resolves with undefined when nothing is left for it. One that may not fit beside
   * those under way waits until one of them has ended and its true size is known.
   */
  async serveTurn<Answer extends Result<GenerateAnswer, unknown>>(
    params: GenerateParams,
    price: ModelPrice | undefined,
    serve: () => Promise<Answer>,
  ): Promise<Answer | undefined> {
    const estimate = estimateOf(params, price);
    for (;;) {
      const reached = this.#fullMeasure() ?? this.#refusedPrice(params, price);
      if (reached) return this.#reach(reached);
      if (this.#underWay.size === 0 || this.#fits(estimate)) break;
      await this.#oneEnded.promise;
    }
    this.#underWay.add(estimate);
    this.#spent = { ...this.#spent, turns: this.#spent.turns + 1 };
    try {
      const answer = await serve();
      if (answer.ok) this.#count(params, answer.value);
      return answer;
    } finally {
      this.#underWay.delete(estimate);
      this.#endTurn();
    }
  }

  /** A tool call that the sandbox tells of. */
  announceCall(): void {
    this.#announcedCalls += 1;
    this.#countCalls();
  }

  /** A tool call that the host is asked for; false when none is left. */
  requestCall(): boolean {
    this.#requestedCalls += 1;
    return this.#countCalls();
  }

  /** The sandbox tells of what it asks for: the two counts are of the same calls, unless it does not tell. */
  #countCalls(): boolean {
    const { limits } = this.#options;
    const toolCalls = this.#callsBefore + Math.max(this.#announcedCalls, this.#requestedCalls);
    if (toolCalls > limits.toolCalls) {
      this.#reach(limitReached("tool-calls", limits.toolCalls));
      return false;
    }
    this.#spent = { ...this.#spent, toolCalls };
    return true;
  }

  #fullMeasure(): LimitReached | undefined {
    const { limits } = this.#options;
    const { turns, usage, cost } = this.#spent;
    if (turns >= limits.turns) return limitReached("turns", limits.turns);
    if (usage.totalTokens >= limits.tokens) return limitReached("tokens", limits.tokens);
    return cost >= limits.cost ? limitReached("cost", limits.cost) : undefined;
  }

  #fits({ tokens, cost }: Estimate): boolean {
    const { limits } = this.#options;
    const others = [...this.#underWay];
    const sum = (of: (estimate: Estimate) => number): number =>
      others.reduce((total, each) => total + of(each), 0);
    const { usage, cost: paid } = this.#spent;
    return (
      usage.totalTokens + tokens + sum((each) => each.tokens) <= limits.tokens &&
      paid + cost + sum((each) => each.cost) <= limits.cost
    );
  }

  #refusedPrice(
    { provider, model }: GenerateParams,
    price: ModelPrice | undefined,
  ): LimitReached | undefined {
    const { limits } = this.#options;
    return price || !limits.onlyPriced ? undefined : priceUnknown(provider, model, limits.cost);
  }

  #count(params: GenerateParams, answer: GenerateAnswer): void {
    const { usage, cost } = this.#spent;
    this.#spent = {
      ...this.#spent,
      usage: addUsage(usage, answer.usage),
      cost: cost + (answer.cost ?? 0),
    };
    if (answer.cost === undefined) this.#tellUnpriced(params);
  }

  /** An answer whose cost is not counted is told of, once for each model. */
  #tellUnpriced({ provider, model }: GenerateParams): void {
    const name = `${provider.slice(0, 80)} (${model.slice(0, 120)})`;
    if (this.#unpriced.has(name) || this.#unpriced.size >= mostUnpriced) return;
    this.#unpriced.add(name);
    this.#options.emit({
      type: "log",
      level: "info",
      message: `The price of ${name} is not known: what it costs is not counted. The limits of tokens and requests hold.`,
    });
  }

  #endTurn(): void {
    const { turns, usage, cost } = sumOf(this.#ofEarlierCases, this.#spent);
    this.#options.emit({ type: "spending", turns, usage, ...(cost > 0 && { cost }) });
    this.#oneEnded.resolve();
    this.#oneEnded = Promise.withResolvers();
  }

  #reach(reached: LimitReached): undefined {
    if (this.#reached) return;
    this.#reached = true;
    this.#options.onLimit(reached);
  }
}

function sumOf(a: Spent, b: Spent): Spent {
  return {
    turns: a.turns + b.turns,
    toolCalls: a.toolCalls + b.toolCalls,
    usage: addUsage(a.usage, b.usage),
    cost: a.cost + b.cost,
  };
}

/** Models whose missing price is told; a flood of names must not become a flood of the journal. */
const mostUnpriced = 20;

function estimateOf({ messages, settings }: GenerateParams, price: ModelPrice | undefined): Estimate {
  const inputTokens = Math.ceil(JSON.stringify(messages).length / charactersOfToken);
  const outputTokens = settings.maxTokens ?? 0;
  const totalTokens = inputTokens + outputTokens;
  const cost = price ? costAt(price, { inputTokens, outputTokens, totalTokens }) : 0;
  return { tokens: totalTokens, cost };
}
