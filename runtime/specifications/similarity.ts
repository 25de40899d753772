/**
 * How alike two texts are, 0 to 1, by their common blocks: the longest, then those to its left and right, and so on
 * (the measure of Ratcliff and Obershelp).
 */
function blockSimilarity(left: string, right: string): number {
  const total = left.length + right.length;
  if (total === 0) return 1;
  let matched = 0;
  const waiting: [string, string][] = [[left, right]];
  for (let pair = waiting.pop(); pair; pair = waiting.pop()) {
    const [a, b] = pair;
    const { atLeft, atRight, length } = longestBlock(a, b);
    if (length === 0) continue;
    matched += length;
    waiting.push([a.slice(0, atLeft), b.slice(0, atRight)]);
    waiting.push([a.slice(atLeft + length), b.slice(atRight + length)]);
  }
  return (2 * matched) / total;
}

/** The first of the longest stretches that both texts hold. */
function longestBlock(left: string, right: string): { atLeft: number; atRight: number; length: number } {
  let best = { atLeft: 0, atRight: 0, length: 0 };
  let above = new Uint32Array(right.length + 1);
  for (let row = 0; row < left.length; row++) {
    const current = new Uint32Array(right.length + 1);
    for (let column = 0; column < right.length; column++) {
      if (left[row] !== right[column]) continue;
      const length = (above[column] ?? 0) + 1;
      current[column + 1] = length;
      if (length > best.length) best = { atLeft: row + 1 - length, atRight: column + 1 - length, length };
    }
    above = current;
  }
  return best;
}

/**
 * How well a text fits an expected one: fully when it contains it; in any case, without punctuation.
 */
export function fuzzyMatch(actual: string, expected: string): number {
  const [left, right] = [plainWords(actual), plainWords(expected)];
  return right !== "" && left.includes(right) ? 1 : blockSimilarity(left, right);
}

function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s]/gu, "")
    .replace(/\s+/g, " ")
    .trim();
}
