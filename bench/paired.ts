/** One side of a comparison: does the thing once and gives the seconds it took. */
export type Measured = () => Promise<number>;

export interface Comparison {
  readonly ours: Summary;
  readonly peer: Summary;
  /** Ours ÷ peer, pair by pair. */
  readonly ratio: Summary;
}

export interface Summary {
  readonly minimum: number;
  readonly median: number;
  readonly maximum: number;
}

/**
 * Runs two things in turn, A B A B …, after one warm-up each. Ratios are taken pair by pair, so that a machine that
 * slows down slows both.
 */
export async function comparePaired(ours: Measured, peer: Measured, rounds: number): Promise<Comparison> {
  await ours();
  await peer();
  const pairs: Array<{ ours: number; peer: number }> = [];
  for (let round = 0; round < rounds; round++) pairs.push({ ours: await ours(), peer: await peer() });
  return {
    ours: summarise(pairs.map((pair) => pair.ours)),
    peer: summarise(pairs.map((pair) => pair.peer)),
    ratio: summarise(pairs.map((pair) => pair.ours / pair.peer)),
  };
}

/** Minimum, median and maximum of at least one value. */
export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { minimum: at(0), median: at(0.5), maximum: at(1) };
}
