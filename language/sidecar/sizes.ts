const unitBytes: Readonly<Record<string, number>> = { "": 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes of a size as container engines write it: a number with `b`, `k`, `m` or `g` (powers of 1024). Undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([bkmg]?)$/i.exec(text);
  const unit = unitBytes[match?.[2]?.toLowerCase() ?? "?"];
  if (!match || unit === undefined) return undefined;
  return Math.floor(Number(match[1]) * unit);
}

/** A size for people: `2g`, `512m`, `1536k`, `10b`. */
export function formatSize(bytes: number): string {
  for (const [unit, factor] of [
    ["g", 1024 ** 3],
    ["m", 1024 ** 2],
    ["k", 1024],
  ] as const) {
    if (bytes >= factor && bytes % factor === 0) return `${bytes / factor}${unit}`;
  }
  return `${bytes}b`;
}

/** What a value that is no size was most likely meant to be: `2gb`, `2 GiB` and 2147483648 are `2g`. */
export function nearestSize(value: unknown): string | undefined {
  if (typeof value === "number") return sizeOfNumber(value);
  if (typeof value !== "string" || value.length > 40) return undefined;
  const match = /^\s*(\d{1,15}(?:\.\d{1,6})?)\s*([kmgt])?(?:i?b|ib?)?\s*$/i.exec(value);
  if (!match) return undefined;
  const [, digits = "", unit = ""] = match;
  if (unit === "") return sizeOfNumber(Number(digits));
  return unit.toLowerCase() === "t" ? `${Number(digits) * 1024}g` : `${digits}${unit.toLowerCase()}`;
}

/** Small numbers are gigabytes or megabytes, large ones bytes. */
function sizeOfNumber(value: number): string | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined;
  if (value <= 64) return `${value}g`;
  if (value < 1024 ** 2) return `${Math.round(value)}m`;
  return formatSize(Math.round(value / 1024 ** 2) * 1024 ** 2);
}
