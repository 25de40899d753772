import { similarity } from "../text/similarity.ts";
import { type Segment, type SpokenWord, segmentOfWords } from "./transcript.ts";

/** Where something is said, and how sure that is. */
export interface FoundQuote extends Omit<Segment, "words"> {
  readonly confidence: number;
  readonly method: "fuzzy" | "llm";
}

export interface QuoteSearch {
  readonly quote: string;
  readonly threshold: number;
  /** Words more or fewer than the quote has. */
  readonly slop: number;
}

/** The words that are most like a quote; of equals the first. Undefined: none is alike enough. */
export function findQuote(words: readonly SpokenWord[], search: QuoteSearch): FoundQuote | undefined {
  const sought = compared(search.quote);
  const count = sought === "" ? 0 : sought.split(" ").length;
  if (count === 0) return undefined;
  const spoken = words.map(({ text }) => compared(text));
  let best: { readonly score: number; readonly words: readonly SpokenWord[] } | undefined;
  for (let length = Math.max(1, count - search.slop); length <= count + search.slop; length++) {
    for (let start = 0; start + length <= words.length; start++) {
      const score = similarity(spoken.slice(start, start + length).join(" "), sought, "ratio") ?? 0;
      if (score >= search.threshold && score > (best?.score ?? 0)) {
        best = { score, words: words.slice(start, start + length) };
      }
    }
  }
  return best && found(best.words, best.score, "fuzzy");
}

/** The words that a part of the running text stands for. */
export function quoteAt(words: readonly SpokenWord[], part: string): FoundQuote | undefined {
  const start = segmentOfWords(words).text.indexOf(part);
  if (part === "" || start === -1) return undefined;
  let position = 0;
  const covered = words.filter(({ text }) => {
    const begins = position;
    position += text.length + 1;
    return begins + text.length > start && begins < start + part.length;
  });
  return covered.length === 0 ? undefined : found(covered, 1, "llm");
}

/** `m:ss.cc`. */
export function clockTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${(seconds - minutes * 60).toFixed(2).padStart(5, "0")}`;
}

function found(words: readonly SpokenWord[], confidence: number, method: FoundQuote["method"]): FoundQuote {
  const { words: _words, ...place } = segmentOfWords(words);
  return { ...place, confidence, method };
}

/** Words without case and punctuation. */
function compared(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? []).join(" ");
}
