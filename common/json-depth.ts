import { isJsonObject } from "#common/json.ts";

/** Whether a JSON value is nested deeper than a limit. It never descends further than the limit. */
export function exceedsDepth(value: unknown, limit: number): boolean {
  if (!Array.isArray(value) && !isJsonObject(value)) return false;
  if (limit === 0) return true;
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  return inner.some((item) => exceedsDepth(item, limit - 1));
}
