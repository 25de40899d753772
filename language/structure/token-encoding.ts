import type { LineIndex } from "#language/syntax/line-index.ts";
import { tokenSize } from "./syntax-tokens.ts";

/** How many numbers a token has in the protocol: lines and characters since the one before, length, type, modifiers. */
const encodedSize = 5;

/** A change of encoded tokens, as the protocol has it: `start` and `deleteCount` count numbers. */
export interface TokenEdit {
  readonly start: number;
  readonly deleteCount: number;
  readonly data?: readonly number[];
}

/** The tokens of one statement, with the place where it begins. */
export interface PlacedTokens {
  readonly base: number;
  readonly tokens: Uint32Array;
}

/**
 * The tokens of statements, in text order, as the protocol wants them. `units` says how long a part of the text is as
 * the client counts; without it, in UTF-16 units. No token may reach over a line break.
 */
export function encodeTokens(
  parts: readonly PlacedTokens[],
  lines: LineIndex,
  units: (start: number, end: number) => number = (start, end) => end - start,
): Uint32Array {
  const count = parts.reduce((sum, { tokens }) => sum + tokens.length / tokenSize, 0);
  const encoded = new Uint32Array(count * encodedSize);
  let line = 0;
  let nextLine = lines.lineStart(1);
  let lastLine = 0;
  let lastCharacter = 0;
  let at = 0;
  for (const { base, tokens } of parts)
    for (let index = 0; index < tokens.length; index += tokenSize) {
      // What is missing in a broken text has a place and no width, which the protocol does not have.
      if (tokens[index + 1] === 0) continue;
      const start = base + (tokens[index] ?? 0);
      while (start >= nextLine && line + 1 < lines.lineCount) nextLine = lines.lineStart(++line + 1);
      const character = units(lines.lineStart(line), start);
      encoded[at] = line - lastLine;
      encoded[at + 1] = line === lastLine ? character - lastCharacter : character;
      encoded[at + 2] = units(start, start + (tokens[index + 1] ?? 0));
      encoded[at + 3] = tokens[index + 2] ?? 0;
      encoded[at + 4] = tokens[index + 3] ?? 0;
      at += encodedSize;
      lastLine = line;
      lastCharacter = character;
    }
  return encoded.subarray(0, at);
}

/** The one change that turns earlier encoded tokens into newer ones; none when they are equal. */
export function tokenEdits(previous: Uint32Array, next: Uint32Array): TokenEdit[] {
  const shorter = Math.min(previous.length, next.length);
  let prefix = 0;
  while (prefix < shorter && previous[prefix] === next[prefix]) prefix++;
  if (prefix === previous.length && prefix === next.length) return [];
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    previous[previous.length - 1 - suffix] === next[next.length - 1 - suffix]
  )
    suffix++;
  const deleteCount = previous.length - prefix - suffix;
  const data = [...next.subarray(prefix, next.length - suffix)];
  return [{ start: prefix, deleteCount, ...(data.length > 0 && { data }) }];
}

/** Tokens of two sources in one list, in text order; where both name the same place the second one is right. */
export function overlayTokens(below: Uint32Array, above: Uint32Array): Uint32Array {
  if (above.length === 0) return below;
  const merged = new Uint32Array(below.length + above.length);
  let length = 0;
  let lower = 0;
  let upper = 0;
  while (lower < below.length || upper < above.length) {
    const lowerStart = below[lower] ?? Number.POSITIVE_INFINITY;
    const upperStart = above[upper] ?? Number.POSITIVE_INFINITY;
    if (upperStart <= lowerStart) {
      merged.set(above.subarray(upper, upper + tokenSize), length);
      upper += tokenSize;
      if (upperStart === lowerStart) lower += tokenSize;
    } else {
      merged.set(below.subarray(lower, lower + tokenSize), length);
      lower += tokenSize;
    }
    length += tokenSize;
  }
  return merged.slice(0, length);
}
