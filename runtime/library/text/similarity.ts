/** How alike two texts are, 0 to 1, by one of the ways that classifiers can name. */
type SimilarityAlgorithm = "ratio" | "token_set_ratio" | "token_sort_ratio" | "partial_ratio";

const algorithms: Readonly<Record<SimilarityAlgorithm, (one: string, other: string) => number>> = {
  ratio: editSimilarity,
  token_sort_ratio: (one, other) => editSimilarity(sortedWords(one), sortedWords(other)),
  token_set_ratio: tokenSetRatio,
  partial_ratio: partialRatio,
};

/** The names of the algorithms. */
export const similarityAlgorithms: readonly string[] = Object.keys(algorithms);

/**
 * Case and surrounding space do not count; an empty text is like nothing. Undefined for an unknown algorithm. The
 * scores are those of `rapidfuzz`, unrounded, since programs compare them with thresholds; the ports of that library to
 * JavaScript round to whole percents.
 */
export function similarity(one: string, other: string, algorithm: string): number | undefined {
  if (!isAlgorithm(algorithm)) return undefined;
  if (one === "" || other === "") return 0;
  return algorithms[algorithm](one.toLowerCase().trim(), other.toLowerCase().trim());
}

function isAlgorithm(name: string): name is SimilarityAlgorithm {
  return Object.hasOwn(algorithms, name);
}

/**
 * How alike two texts are, 0 to 1, by the characters that stay when one is turned into the other with the fewest
 * insertions and deletions.
 */
export function editSimilarity(one: string, other: string): number {
  return ratio([...one], [...other]);
}

/** Twice the characters that both have in one order, over all characters. */
function ratio(one: readonly string[], other: readonly string[]): number {
  const length = one.length + other.length;
  return length === 0 ? 1 : (2 * commonLength(one, other)) / length;
}

/** Length of the longest common subsequence; one bit a character, so that long texts stay quick. */
function commonLength(one: readonly string[], other: readonly string[]): number {
  const places = new Map<string, bigint>();
  one.forEach((character, index) => {
    places.set(character, (places.get(character) ?? 0n) | (1n << BigInt(index)));
  });
  const all = (1n << BigInt(one.length)) - 1n;
  let open = all;
  for (const character of other) {
    const matched = open & (places.get(character) ?? 0n);
    open = ((open + matched) | (open - matched)) & all;
  }
  return one.length - bitsIn(open);
}

function bitsIn(value: bigint): number {
  return value.toString(2).replaceAll("0", "").length;
}

/** The best ratio of the shorter text with a part of the longer one; parts at the ends may be shorter. */
function partialRatio(one: string, other: string): number {
  const [left, right] = [[...one], [...other]];
  if (left.length > right.length) return bestWindow(right, left);
  const best = bestWindow(left, right);
  return left.length === right.length ? Math.max(best, bestWindow(right, left)) : best;
}

function bestWindow(short: readonly string[], long: readonly string[]): number {
  let best = 0;
  for (let end = 1; end < long.length + short.length; end++) {
    best = Math.max(best, ratio(short, long.slice(Math.max(0, end - short.length), end)));
    if (best === 1) break;
  }
  return best;
}

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function sortedWords(text: string): string {
  return [...words(text)].sort().join(" ");
}

/** Words that both have count fully; what each has beside them counts by how alike it is. */
function tokenSetRatio(one: string, other: string): number {
  const [left, right] = [new Set(words(one)), new Set(words(other))];
  if (left.size === 0 || right.size === 0) return 0;
  const shared = [...left].filter((word) => right.has(word));
  const onlyLeft = [...left].filter((word) => !right.has(word)).sort();
  const onlyRight = [...right].filter((word) => !left.has(word)).sort();
  if (shared.length > 0 && (onlyLeft.length === 0 || onlyRight.length === 0)) return 1;
  const sharedLength = [...shared.join(" ")].length;
  const [leftRest, rightRest] = [[...onlyLeft.join(" ")], [...onlyRight.join(" ")]];
  const gap = sharedLength === 0 ? 0 : 1;
  const leftLength = sharedLength + gap + leftRest.length;
  const rightLength = sharedLength + gap + rightRest.length;
  const distance = leftRest.length + rightRest.length - 2 * commonLength(leftRest, rightRest);
  const together = 1 - distance / (leftLength + rightLength);
  if (sharedLength === 0) return together;
  const withShared = (length: number): number => 1 - (length - sharedLength) / (sharedLength + length);
  return Math.max(together, withShared(leftLength), withShared(rightLength));
}
