import type { FileDifference } from "#review/trees/compare-trees.ts";

/** A file that differs, under the name that it had before where that was another one. */
export interface ChangedFile extends FileDifference {
  readonly from?: string;
}

/** Files of each side beyond that are not compared line by line: their number is squared. */
export const mostCompared = 200;

/** Least share of lines that a renamed file keeps, as git has it. */
const leastLikeness = 0.5;

/** Texts of the files that are worth comparing line by line, by their path. */
export interface ComparableTexts {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

/** Takes a deleted and an added file for one that was renamed when they have the same content, or half of their lines in common. */
export function withRenames(
  differences: readonly FileDifference[],
  texts: ComparableTexts,
): readonly ChangedFile[] {
  const gone = new Map(differences.flatMap((file) => (file.after ? [] : [[file.path, file] as const])));
  const added = differences.filter(({ before }) => !before);
  const renamed = new Map<string, FileDifference>();
  const take = (file: FileDifference, from: FileDifference | undefined): void => {
    if (!from || !gone.delete(from.path)) return;
    renamed.set(file.path, from);
  };
  const byContent = new Map([...gone.values()].map((file) => [file.before?.id, file]));
  for (const file of added) take(file, byContent.get(file.after?.id));
  const others = added.filter(({ path }) => !renamed.has(path) && texts.after.has(path));
  const likely = likelyRenames(
    others.slice(0, mostCompared),
    [...gone.values()].slice(0, mostCompared),
    texts,
  );
  for (const { file, from } of likely) if (!renamed.has(file.path)) take(file, from);
  const origins = new Set([...renamed.values()].map(({ path }) => path));
  return differences.flatMap((file): ChangedFile[] => {
    const from = renamed.get(file.path);
    if (from?.before) return [{ ...file, before: from.before, from: from.path }];
    return origins.has(file.path) ? [] : [file];
  });
}

/** Pairs that have enough in common, the likeliest first. */
function likelyRenames(
  added: readonly FileDifference[],
  gone: readonly FileDifference[],
  { before, after }: ComparableTexts,
): ReadonlyArray<{ readonly file: FileDifference; readonly from: FileDifference }> {
  const pairs = added.flatMap((file) => {
    const lines = (after.get(file.path) ?? "").split("\n");
    return gone.flatMap((from) => {
      const text = before.get(from.path);
      const score = text === undefined ? 0 : likeness(text.split("\n"), lines);
      return score >= leastLikeness ? [{ file, from, score }] : [];
    });
  });
  return pairs.sort((one, other) => other.score - one.score);
}

/** The share of lines that two texts have in common, wherever they stand. */
function likeness(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const line of one) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of other) {
    const left = counts.get(line) ?? 0;
    if (left > 0) common += 1;
    counts.set(line, left - 1);
  }
  return common / Math.max(one.length, other.length, 1);
}
