/** A piece of a text and where it comes from. */
export interface Passage {
  readonly source: string;
  readonly text: string;
}

/** A passage and how well it fits a question; more is better. */
export interface ScoredPassage extends Passage {
  readonly score: number;
}

/** How much a word that a passage has counts for a question. */
export type Weighting = "tf-vector" | "bm25";

const word = /[\p{L}\p{N}]+/gu;
/** Of BM25: how soon more of a word counts no more, and how much long passages lose. */
const saturation = 1.2;
const lengthPenalty = 0.75;

/** Words of a text as they are compared. */
function wordsOf(text: string): readonly string[] {
  return text.normalize("NFKC").toLowerCase().match(word) ?? [];
}

interface IndexedPassage {
  readonly passage: Passage;
  readonly counts: ReadonlyMap<string, number>;
  readonly length: number;
  /** Length of its vector of weighted words. */
  readonly norm: number;
}

/**
 * An index of passages by words. `tf-vector` compares angles of vectors whose words count more the rarer they are;
 * `bm25` ranks by BM25, as databases do. The order is the same in every run: ties stay in the order of the corpus.
 */
export class TextIndex {
  readonly #passages: readonly IndexedPassage[];
  readonly #containing: ReadonlyMap<string, number>;
  readonly #averageLength: number;

  constructor(passages: readonly Passage[]) {
    const counted = passages.map((passage) => ({ passage, counts: countsOf(wordsOf(passage.text)) }));
    const containing = new Map<string, number>();
    for (const { counts } of counted) {
      for (const known of counts.keys()) containing.set(known, (containing.get(known) ?? 0) + 1);
    }
    this.#containing = containing;
    this.#passages = counted.map(({ passage, counts }) => ({
      passage,
      counts,
      length: sum(counts.values()),
      norm: Math.sqrt(
        sum([...counts].map(([known, count]) => (count * this.#rarity(known, passages.length)) ** 2)),
      ),
    }));
    this.#averageLength = sum(this.#passages.map(({ length }) => length)) / Math.max(1, passages.length);
  }

  get size(): number {
    return this.#passages.length;
  }

  /** The passages that have a word of the question, best first. */
  search(question: string, weighting: Weighting): readonly ScoredPassage[] {
    const asked = countsOf(wordsOf(question));
    const score = weighting === "tf-vector" ? this.#cosine(asked) : this.#bm25(asked);
    return this.#passages
      .map((indexed) => ({ ...indexed.passage, score: score(indexed) }))
      .filter((scored) => scored.score > 0)
      .toSorted((one, other) => other.score - one.score);
  }

  #rarity(known: string, total: number = this.#passages.length): number {
    return Math.log((1 + total) / (1 + (this.#containing.get(known) ?? 0))) + 1;
  }

  #cosine(asked: ReadonlyMap<string, number>): (indexed: IndexedPassage) => number {
    const weights = [...asked].map(([known, count]) => [known, count * this.#rarity(known)] as const);
    const askedNorm = Math.sqrt(sum(weights.map(([, weight]) => weight ** 2)));
    return ({ counts, norm }) => {
      const shared = weights.map(
        ([known, weight]) => weight * (counts.get(known) ?? 0) * this.#rarity(known),
      );
      return norm === 0 || askedNorm === 0 ? 0 : sum(shared) / (norm * askedNorm);
    };
  }

  #bm25(asked: ReadonlyMap<string, number>): (indexed: IndexedPassage) => number {
    const total = this.#passages.length;
    return ({ counts, length }) =>
      sum(
        [...asked.keys()].map((known) => {
          const count = counts.get(known) ?? 0;
          const containing = this.#containing.get(known) ?? 0;
          const rarity = Math.log(1 + (total - containing + 0.5) / (containing + 0.5));
          const long = 1 - lengthPenalty + (lengthPenalty * length) / this.#averageLength;
          return (rarity * count * (saturation + 1)) / (count + saturation * long);
        }),
      );
  }
}

function countsOf(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const known of words) counts.set(known, (counts.get(known) ?? 0) + 1);
  return counts;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
