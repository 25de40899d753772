import type { Usage } from "#protocol/events/usage.ts";

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
}

/**
 * List prices of November 2025, without discounts for batches or cached input: the cost shown is an upper estimate.
 * Prices change and models come: a config gives others, by provider and model.
 */
const listPrices: Readonly<Record<string, ModelPrice>> = {
  "gpt-4o": { input: 2.5, output: 10 },
  "gpt-4o-mini": { input: 0.15, output: 0.6 },
  "gpt-4.1": { input: 2, output: 8 },
  "gpt-4.1-mini": { input: 0.4, output: 1.6 },
  "gpt-4.1-nano": { input: 0.1, output: 0.4 },
  "gpt-5": { input: 1.25, output: 10 },
  "gpt-5-mini": { input: 0.25, output: 2 },
  "gpt-5-nano": { input: 0.05, output: 0.4 },
  o3: { input: 2, output: 8 },
  "o4-mini": { input: 1.1, output: 4.4 },
  "claude-opus-4-5": { input: 5, output: 25 },
  "claude-opus-4-1": { input: 15, output: 75 },
  "claude-sonnet-4-5": { input: 3, output: 15 },
  "claude-sonnet-4": { input: 3, output: 15 },
  "claude-haiku-4-5": { input: 1, output: 5 },
  "claude-3-5-haiku": { input: 0.8, output: 4 },
  "gemini-2.5-pro": { input: 1.25, output: 10 },
  "gemini-2.5-flash": { input: 0.3, output: 2.5 },
  "gemini-2.5-flash-lite": { input: 0.1, output: 0.4 },
  "gemini-2.0-flash": { input: 0.1, output: 0.4 },
};

/** A dated or moving release of a model has the price of the model: `gpt-4o-2024-08-06`, `claude-sonnet-4-20250514`. */
const release = /-(\d{4}-\d{2}-\d{2}|\d{8}|\d{3}|latest)$/;

/** US dollars of a usage, or undefined when nobody gave a price for the model. */
export function costOf(
  model: string,
  usage: Usage,
  prices: Readonly<Record<string, ModelPrice>> = {},
): number | undefined {
  const price = priceOf(model, prices);
  return price && costAt(price, usage);
}

/** The price of a model: of the given ones, else of the list. */
export function priceOf(
  model: string,
  prices: Readonly<Record<string, ModelPrice>> = {},
): ModelPrice | undefined {
  return priceIn(prices, model) ?? priceIn(listPrices, model);
}

/** US dollars of a usage at a price. */
export function costAt(price: ModelPrice, usage: Usage): number {
  return (usage.inputTokens * price.input + usage.outputTokens * price.output) / 1_000_000;
}

function priceIn(table: Readonly<Record<string, ModelPrice>>, model: string): ModelPrice | undefined {
  const base = model.replace(release, "");
  if (Object.hasOwn(table, model)) return table[model];
  return Object.hasOwn(table, base) ? table[base] : undefined;
}
