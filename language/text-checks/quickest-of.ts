/** Milliseconds of the quickest of three tries, for tests of speed: other work on the machine slows some of them. */
export function quickestOf(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}
