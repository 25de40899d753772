import { noUsage, type Usage } from "#protocol/events/usage.ts";

/** What one run may spend, from its plan. */
export interface SpendingLimits {
  /** US dollars for models. */
  readonly cost: number;
  /** A model whose price nobody knows is not asked: its cost could not be held against the limit. */
  readonly onlyPriced: boolean;
  /** Tokens of all requests to models, in and out. */
  readonly tokens: number;
  /** Requests to models. */
  readonly turns: number;
  /** Calls of tools, in every zone. */
  readonly toolCalls: number;
}

/** What a run has spent so far. */
export interface Spent {
  readonly turns: number;
  readonly toolCalls: number;
  readonly usage: Usage;
  /** US dollars of the requests whose price is known. */
  readonly cost: number;
}

/** Nothing spent. */
export const nothingSpent: Spent = { turns: 0, toolCalls: 0, usage: noUsage, cost: 0 };

/** A limit of spending as events name it. */
export type SpendingLimit = "cost" | "tokens" | "turns" | "tool-calls";

/** A limit that ended a run. */
export interface LimitReached {
  readonly limit: SpendingLimit;
  /** The limit itself. */
  readonly value: number;
  readonly message: string;
}

const keys: Readonly<Record<SpendingLimit, string>> = {
  cost: "limits.cost",
  tokens: "limits.tokens",
  turns: "limits.turns",
  "tool-calls": "limits.tool_calls",
};

const measures: Readonly<Record<SpendingLimit, (value: number) => string>> = {
  cost: (value) => `${value} US dollars for models`,
  tokens: (value) => `${value} tokens`,
  turns: (value) => `${value} requests to models`,
  "tool-calls": (value) => `${value} tool calls`,
};

/** What is said of a limit whose measure is full. */
export function limitReached(limit: SpendingLimit, value: number): LimitReached {
  const message = `The run reached its limit of ${measures[limit](value)} (\`${keys[limit]}\`) and was ended.`;
  return { limit, value, message };
}

/** What is said of a model that can't be held against the limit of cost. */
export function priceUnknown(provider: string, model: string, value: number): LimitReached {
  const name = `${provider.slice(0, 80)} (${model.slice(0, 120)})`;
  return {
    limit: "cost",
    value,
    message:
      `The price of ${name} is not known, so the limit of ${measures.cost(value)} (\`${keys.cost}\`) could not be kept; ` +
      "the model was not asked. Give its price under `providers` in your own config (0 for a model that costs nothing).",
  };
}
