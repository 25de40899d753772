import type { CharacterTest } from "#language/embedded/regex/regex-tree.ts";

const letterOrDigit = /[\p{L}\p{N}_]/u;
const blank = /\s/u;
const digit = /\p{Nd}/u;

/** `\d`, `\w`, `\s` and their opposites, of Unicode as in Python. */
export const namedClasses: ReadonlyMap<string, CharacterTest> = new Map([
  ["d", matches(digit)],
  ["D", not(matches(digit))],
  ["w", isWordCharacter],
  ["W", not(isWordCharacter)],
  ["s", matches(blank)],
  ["S", not(matches(blank))],
]);

export function isWordCharacter(point: number): boolean {
  if (point < 0x80) return isAsciiWord(point);
  return letterOrDigit.test(String.fromCodePoint(point));
}

/** This character, whatever its case. */
export function oneOf(point: number): CharacterTest {
  const folded = fold(point);
  const raised = upper(point);
  return (other) => other === point || other === folded || other === raised;
}

/** A character between the two, both included, whatever its case. */
export function between(first: number, last: number): CharacterTest {
  const inside = (point: number): boolean => point >= first && point <= last;
  return (point) => inside(point) || inside(fold(point)) || inside(upper(point));
}

export function not(test: CharacterTest): CharacterTest {
  return (point) => !test(point);
}

export function anyOf(tests: readonly CharacterTest[]): CharacterTest {
  return (point) => tests.some((test) => test(point));
}

function matches(pattern: RegExp): CharacterTest {
  return (point) => pattern.test(String.fromCodePoint(point));
}

function isAsciiWord(point: number): boolean {
  return (
    (point >= 0x30 && point <= 0x39) ||
    (point >= 0x41 && point <= 0x5a) ||
    (point >= 0x61 && point <= 0x7a) ||
    point === 0x5f
  );
}

function fold(point: number): number {
  return String.fromCodePoint(point).toLowerCase().codePointAt(0) ?? point;
}

function upper(point: number): number {
  return String.fromCodePoint(point).toUpperCase().codePointAt(0) ?? point;
}
