import type { JsonObject } from "#common/json.ts";
import type { LabelledText } from "./model-definition.ts";

/** A multinomial naive Bayes classifier over weighted words, as scikit-learn's vectorizer and classifier make one. */
export interface NaiveBayesModel {
  readonly labels: readonly string[];
  /** Word, or words that follow each other, → its column. */
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Weight of each column. */
  readonly idf: readonly number[];
  readonly classLogPrior: readonly number[];
  /** One list of columns a label. */
  readonly featureLogProb: readonly (readonly number[])[];
  readonly ngrams: readonly [shortest: number, longest: number];
}

/** What a classifier answers. */
export interface Classification extends JsonObject {
  readonly label: string;
  /** Probability of the label, 0 to 1. */
  readonly confidence: number;
}

/** The label that fits a text best. */
export function classifyText(model: NaiveBayesModel, text: string): Classification {
  const columns = weights(termCounts(text, model.ngrams), model.vocabulary, model.idf);
  const scores = model.labels.map((_, label) => {
    const logProb = model.featureLogProb[label] ?? [];
    const prior = model.classLogPrior[label] ?? 0;
    return [...columns].reduce((sum, [column, weight]) => sum + weight * (logProb[column] ?? 0), prior);
  });
  const best = scores.indexOf(Math.max(...scores));
  const total = scores.reduce((sum, score) => sum + Math.exp(score - (scores[best] ?? 0)), 0);
  return { label: model.labels[best] ?? "", confidence: 1 / total };
}

/** Trains a classifier; `alpha` smooths words that a label never had. */
export function trainNaiveBayes(examples: readonly LabelledText[], alpha: number): NaiveBayesModel {
  const ngrams = [1, 2] as const;
  const counted = examples.map(({ text, label }) => ({ label, counts: termCounts(text, ngrams) }));
  const terms = [...new Set(counted.flatMap(({ counts }) => [...counts.keys()]))].sort();
  const vocabulary = new Map(terms.map((term, column) => [term, column]));
  const idf = terms.map((term) => {
    const having = counted.filter(({ counts }) => counts.has(term)).length;
    return Math.log((1 + examples.length) / (1 + having)) + 1;
  });
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  const rows = counted.map(({ label, counts }) => ({ label, columns: weights(counts, vocabulary, idf) }));
  return {
    labels,
    vocabulary,
    idf,
    ngrams,
    classLogPrior: labels.map((label) =>
      Math.log(rows.filter((row) => row.label === label).length / rows.length),
    ),
    featureLogProb: labels.map((label) =>
      logProbabilities(
        rows.filter((row) => row.label === label).map(({ columns }) => columns),
        terms.length,
        alpha,
      ),
    ),
  };
}

function logProbabilities(
  rows: readonly ReadonlyMap<number, number>[],
  width: number,
  alpha: number,
): readonly number[] {
  const sums = new Array<number>(width).fill(alpha);
  for (const row of rows) {
    for (const [column, weight] of row) sums[column] = (sums[column] ?? 0) + weight;
  }
  const total = sums.reduce((sum, value) => sum + value, 0);
  return sums.map((value) => Math.log(value / total));
}

/** Words of two characters and more, in lower case, and the sequences of them. */
function termCounts(
  text: string,
  [shortest, longest]: readonly [number, number],
): ReadonlyMap<string, number> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? [];
  const counts = new Map<string, number>();
  for (let length = shortest; length <= longest; length++) {
    for (let start = 0; start + length <= words.length; start++) {
      const term = words.slice(start, start + length).join(" ");
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  return counts;
}

/** Counts times weights, scaled to the length 1, by column. */
function weights(
  counts: ReadonlyMap<string, number>,
  vocabulary: ReadonlyMap<string, number>,
  idf: readonly number[],
): ReadonlyMap<number, number> {
  const columns = new Map<number, number>();
  for (const [term, count] of counts) {
    const column = vocabulary.get(term);
    if (column !== undefined) columns.set(column, count * (idf[column] ?? 1));
  }
  const length = Math.hypot(...columns.values());
  return length === 0 ? columns : new Map([...columns].map(([column, weight]) => [column, weight / length]));
}
