/** The mean, with two decimals; 0 of nothing. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : rounded(sum(values) / values.length);
}

/** The value in the middle of at least one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return rounded(sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2);
}

/** The standard deviation of a sample; 0 of less than two values. */
export function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const center = sum(values) / values.length;
  return rounded(Math.sqrt(sum(values.map((value) => (value - center) ** 2)) / (values.length - 1)));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
