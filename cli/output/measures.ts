import type { Usage } from "#protocol/events/usage.ts";

/** A duration for people, from milliseconds: `12 ms`, `1.3 s`, `2 min 5 s`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Tokens and cost, as far as there are any: `120 tokens · $0.0012`. */
export function spentText(usage: Usage, cost: number | undefined): string {
  const tokens = usage.totalTokens > 0 ? `${usage.totalTokens} tokens` : "";
  const dollars = cost ? `$${cost.toFixed(cost < 0.1 ? 4 : 2)}` : "";
  return [tokens, dollars].filter(Boolean).join(" · ");
}
