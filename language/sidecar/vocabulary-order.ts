import type { ConfigPath } from "#language/sidecar/config-path.ts";
import { configKeys } from "#vocabulary/config-keys.ts";

/** Values in the order in which the vocabulary has their keys; names that a person chose keep their own order. */
export function sortedByVocabulary<Value extends { readonly path: ConfigPath }>(
  values: Iterable<Value>,
): readonly Value[] {
  return [...values]
    .map((value) => ({ value, rank: rankOf(value.path) }))
    .sort((left, right) => left.rank - right.rank)
    .map(({ value }) => value);
}

const ranks: ReadonlyMap<string, number> = new Map(configKeys.map(({ path }, rank) => [path, rank]));

/** The rank of the longest part of the path that has no chosen name. */
function rankOf(path: ConfigPath): number {
  let rank = ranks.size;
  const words: Array<string | number> = [];
  for (const step of path) {
    words.push(step);
    rank = ranks.get(words.join(".")) ?? rank;
  }
  return rank;
}
