import type { Budget, CompactorDefinition } from "./context-definition.ts";

/** As filters of the history estimate: four characters are a token. */
const charactersPerToken = 4;
/** What a ratio is a part of when nothing says how much a model takes. */
const presetWindow = 128_000;

export function tokensOf(text: string): number {
  return Math.ceil(text.length / charactersPerToken);
}

/** Most tokens of a budget; no budget has no limit. */
export function tokensAllowed(budget: Budget | undefined, whole: number = presetWindow): number {
  if (!budget) return Number.POSITIVE_INFINITY;
  const part = budget.ratio === undefined ? Number.POSITIVE_INFINITY : Math.floor(budget.ratio * whole);
  return Math.min(part, budget.maximumTokens ?? Number.POSITIVE_INFINITY);
}

/** The text in no more than so many tokens: shortened as the compactor says, then cut at a word. */
export function compacted(text: string, tokens: number, { kind }: CompactorDefinition): string {
  if (tokensOf(text) <= tokens) return text;
  const shorter = kind === "summary" ? firstSentences(text) : text;
  return tokensOf(shorter) <= tokens ? shorter : firstWords(shorter, tokens * charactersPerToken);
}

function firstSentences(text: string): string {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => /^[\s\S]*?[.!?…](?=\s|$)/.exec(paragraph.trim())?.[0] ?? paragraph.trim())
    .join("\n\n");
}

function firstWords(text: string, characters: number): string {
  if (characters <= 0) return "";
  const cut = text.slice(0, characters);
  const end = cut.search(/\s\S*$/);
  return (end > 0 ? cut.slice(0, end) : cut).trimEnd();
}
