import { customStepParts } from "#language/embedded/gherkin/custom-step-parts.ts";
import type { CustomStep } from "#language/embedded/gherkin/match-steps.ts";
import { type StepPart, stepPatterns } from "#language/embedded/gherkin/step-pattern.ts";
import { editDistance } from "#language/text-checks/nearest-name.ts";

/** The step that an undefined one most likely means. */
export interface NearestStep {
  /** Its text, with the parameters of the undefined step. */
  readonly text: string;
  /** False: some parameters are missing, and stand as `<name>`. */
  readonly isComplete: boolean;
}

/** Longer steps are not compared. */
const longestText = 1_000;
const mostWords = 60;

/** What stands in quotes or brackets is one word. */
const wordOfStep = /(?:"[^"]*"|\[[^\]]*\]|\{[^}]*\}|[^\s"])+|\S/g;

/** What a difference costs: another word, one that is only misspelt, one too few or too many. */
const price = { other: 1.2, misspelt: 0.2, missing: 0.8, extra: 0.8 } as const;

/**
 * Looks for the built-in or custom step whose words are nearest to those of a text that matches none. Undefined when
 * half of the words would have to change.
 */
export function nearestStep(text: string, customSteps: readonly CustomStep[] = []): NearestStep | undefined {
  if (text.length > longestText) return undefined;
  const words = Array.from(text.matchAll(wordOfStep), ([word]) => word);
  if (words.length === 0 || words.length > mostWords) return undefined;
  builtInTokens ??= stepPatterns().map(({ parts }) => tokensOf(parts));
  const custom = customSteps.map(({ pattern }) => tokensOf(customStepParts(pattern)));
  let best: { cost: number; tokens: readonly Token[]; steps: readonly Step[] } | undefined;
  const known: Prices = new Map<string, readonly number[]>();
  for (const tokens of [...builtInTokens, ...custom]) {
    const fixed = tokens.filter(({ isFixed }) => isFixed).length;
    const limit = Math.min(best?.cost ?? Number.POSITIVE_INFINITY, Math.max(1, fixed * 0.5));
    const aligned = align(tokens, words, known, limit);
    if (aligned && aligned.cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = { tokens, ...aligned };
  }
  return best && written(best.tokens, words, best.steps);
}

/** Those of the built-in steps, made at the first call. */
let builtInTokens: readonly (readonly Token[])[] | undefined;

/** What stands between two blanks of a pattern. */
interface Token {
  readonly isFixed: boolean;
  /** A parameter that may take several words. */
  readonly isWide: boolean;
  readonly regex: RegExp;
  /** For people: parameters in angle brackets. */
  readonly shown: string;
}

/** Under what a token shows: the price of each word beside it. */
type Prices = Map<string, readonly number[]>;

/** How a token (or none) and a word (or none) stand beside each other. */
type Step = "pair" | "more" | "missing" | "extra";

function tokensOf(parts: readonly StepPart[]): Token[] {
  const tokens: { parts: StepPart[] }[] = [{ parts: [] }];
  for (const part of parts) {
    if (part.kind === "hole") {
      tokens.at(-1)?.parts.push(part);
      continue;
    }
    for (const [index, text] of part.text.split(" ").entries()) {
      if (index > 0) tokens.push({ parts: [] });
      if (text !== "") tokens.at(-1)?.parts.push({ ...part, text });
    }
  }
  return tokens.filter((token) => token.parts.length > 0).map((token) => tokenOf(token.parts));
}

function tokenOf(parts: readonly StepPart[]): Token {
  const sources = parts.map((part) => {
    if (part.kind === "hole") return `(?:${part.fits})`;
    const text = part.text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    return part.isOptional ? `(?:${text})?` : text;
  });
  return {
    isFixed: parts.every((part) => part.kind === "text"),
    isWide: parts.some((part) => part.kind === "hole" && part.fits.startsWith(".")),
    regex: new RegExp(`^${sources.join("")}$`, "i"),
    shown: parts.map((part) => (part.kind === "hole" ? `<${part.parameter.name}>` : part.text)).join(""),
  };
}

/** The cheapest way to lay the words beside the tokens; undefined when it costs more than the limit. */
function align(
  tokens: readonly Token[],
  words: readonly string[],
  known: Prices,
  limit: number,
): { cost: number; steps: readonly Step[] } | undefined {
  const width = words.length + 1;
  const costs = new Float64Array((tokens.length + 1) * width).fill(Number.POSITIVE_INFINITY);
  const steps: Step[] = new Array<Step>(costs.length);
  costs[0] = 0;
  for (let row = 0; row <= tokens.length; row++) {
    const token = tokens[row - 1];
    const prices = token && pricesOf(token, words, known);
    for (let column = 0; column <= words.length; column++) {
      const at = row * width + column;
      const word = words[column - 1];
      const offer = (from: number, added: number, step: Step): void => {
        const cost = (costs[from] ?? Number.POSITIVE_INFINITY) + added;
        if (cost >= (costs[at] ?? 0)) return;
        costs[at] = cost;
        steps[at] = step;
      };
      if (token && word !== undefined) offer(at - width - 1, prices?.[column - 1] ?? price.other, "pair");
      if (token?.isWide && word !== undefined) offer(at - 1, 0.01, "more");
      if (token) offer(at - width, price.missing, "missing");
      if (word !== undefined) offer(at - 1, price.extra, "extra");
    }
  }
  const cost = costs.at(-1) ?? Number.POSITIVE_INFINITY;
  return cost > limit ? undefined : { cost, steps };
}

/** Of each word what it costs beside this token; the same words stand in many patterns. */
function pricesOf(token: Token, words: readonly string[], known: Prices): readonly number[] {
  const prices = known.get(token.shown) ?? words.map((word) => priceOf(token, word));
  known.set(token.shown, prices);
  return prices;
}

function priceOf(token: Token, word: string): number {
  if (token.regex.test(word)) return token.isFixed ? 0 : 0.05;
  if (!token.isFixed) return price.other;
  const most = Math.max(1, Math.floor(word.length / 3));
  const distance = editDistance(word.toLowerCase(), token.shown.toLowerCase(), most);
  return distance <= most ? price.misspelt : price.other;
}

/** The pattern with the words that its parameters were given; walks the alignment back from the end. */
function written(tokens: readonly Token[], words: readonly string[], steps: readonly Step[]): NearestStep {
  const text: string[] = [];
  let isComplete = true;
  let row = tokens.length;
  let column = words.length;
  let more: string[] = [];
  while (row > 0 || column > 0) {
    const token = tokens[row - 1];
    const step = steps[row * (words.length + 1) + column];
    if (step === "more" || step === "extra") {
      if (step === "more") more.unshift(words[column - 1] ?? "");
      column--;
      continue;
    }
    const word = step === "pair" ? words[--column] : undefined;
    const isKept = token && word !== undefined && (!token.isFixed || token.regex.test(word));
    text.unshift(isKept ? [word, ...more].join(" ") : (token?.shown ?? ""));
    if (token && !token.isFixed && word === undefined) isComplete = false;
    more = [];
    row--;
  }
  return { text: text.join(" "), isComplete };
}
