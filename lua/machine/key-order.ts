/** Order of keys for the host: integers ascending, other numbers, then everything else by its text. */
export function compareKeys(left: unknown, right: unknown): number {
  const numbers = Number(isNumber(right)) - Number(isNumber(left));
  if (numbers !== 0) return numbers;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  return compareTexts(keyText(left), keyText(right));
}

function isNumber(key: unknown): key is number | bigint {
  return typeof key === "number" || typeof key === "bigint";
}

function compareNumbers(left: number | bigint, right: number | bigint): number {
  const fractions = Number(isFraction(left)) - Number(isFraction(right));
  if (fractions !== 0) return fractions;
  return left < right ? -1 : Number(left > right);
}

function isFraction(value: number | bigint): boolean {
  return typeof value === "number" && !Number.isInteger(value);
}

function compareTexts(left: string, right: string): number {
  return left < right ? -1 : Number(left > right);
}

function keyText(key: unknown): string {
  return typeof key === "string" || typeof key === "boolean" ? String(key) : "";
}
