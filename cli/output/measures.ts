import { costText } from "#common/measures.ts";
import type { Usage } from "#protocol/events/usage.ts";

/** Tokens and cost, as far as there are any: `120 tokens · $0.0012`. */
export function spentText(usage: Usage, cost: number | undefined): string {
  const tokens = usage.totalTokens > 0 ? `${usage.totalTokens} tokens` : "";
  const dollars = cost ? costText(cost) : "";
  return [tokens, dollars].filter(Boolean).join(" · ");
}
