/** Longer words are no slips of the hand. */
const longestWord = 64;

/** A name that may have been meant, and how far away it is. */
interface Guess {
  readonly name: string;
  readonly distance: number;
}

/**
 * The candidate that a misspelt name most likely means, for "did you mean". A third of its letters may differ, at least
 * one; words of one or two letters only in case. Undefined when none is that near.
 */
export function nearestName(word: string, candidates: Iterable<string>): string | undefined {
  return nearestNames(word, candidates, 1)[0];
}

/** As `nearestName`, the `most` best candidates, the nearest first. */
export function nearestNames(word: string, candidates: Iterable<string>, most: number): string[] {
  if (word.length === 0 || word.length > longestWord) return [];
  const limit = word.length < 3 ? 0 : Math.max(1, Math.floor(word.length / 3));
  const sought = word.toLowerCase();
  const guesses: Guess[] = [];
  for (const name of new Set(candidates)) {
    const distance = distanceWithin(sought, name.toLowerCase(), limit);
    if (name !== word && distance !== undefined) guesses.push({ name, distance });
  }
  guesses.sort((left, right) => left.distance - right.distance);
  return guesses.slice(0, most).map(({ name }) => name);
}

/**
 * Edits between two names in lower case, and a little more for another first letter; less than one where only `_`
 * differs. Undefined above the limit.
 */
function distanceWithin(sought: string, candidate: string, limit: number): number | undefined {
  if (candidate === sought) return 0;
  if (limit > 0 && candidate.replace(/[_-]/g, "") === sought.replace(/[_-]/g, "")) return 0.5;
  const edits = editDistance(sought, candidate, limit);
  if (edits > limit) return undefined;
  return candidate[0] === sought[0] ? edits : edits + 0.25;
}

/**
 * Insertions, deletions, replacements and swaps of neighbours between two words. What is above `limit` comes out as
 * `Infinity`: only the cells beside the diagonal are looked at.
 */
export function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) > limit) return Number.POSITIVE_INFINITY;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = new Array<number>(to.length + 1).fill(Number.POSITIVE_INFINITY);
    if (row <= limit) current[0] = row;
    const last = Math.min(to.length, row + limit);
    for (let column = Math.max(1, row - limit); column <= last; column++) {
      current[column] = Math.min(
        cell(previous, column) + 1,
        cell(current, column - 1) + 1,
        cell(previous, column - 1) + (from[row - 1] === to[column - 1] ? 0 : 1),
        isSwap(from, to, row, column) ? cell(beforePrevious, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    beforePrevious = previous;
    previous = current;
  }
  const distance = cell(previous, to.length);
  return distance > limit ? Number.POSITIVE_INFINITY : distance;
}

function isSwap(from: string, to: string, row: number, column: number): boolean {
  if (row < 2 || column < 2) return false;
  return from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
}

function cell(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
