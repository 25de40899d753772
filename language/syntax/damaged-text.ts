import { tokenize } from "#language/syntax/lexer.ts";
import { isTrivia, tokenText } from "#language/syntax/tokens.ts";

/** Random numbers from a seed (mulberry32): the same ones in every run. For tests. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** An integer from 0 up to `end`, `end` excluded. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError("There is nothing to pick from.");
    return item;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/** Changes a text; `others` are texts to take pieces from. */
export type Damage = (text: string, random: SeededRandom, others: readonly string[]) => string;

const oddPieces =
  "\" ' [[ ]] [==[ ]==] --[[ -- \\ \0 \r \n \r\n \u00e9 \ud800 ( ) { } [ ] end function if then = == ~= .. ... , ; : :: <const> return goto a ::a:: break local 0x 1e 3..2 \\x4 \\u{ @ #".split(
    " ",
  );

/** Every way in which a text is damaged. */
export const damages: Readonly<Record<string, Damage>> = {
  "delete a token": (text, random) =>
    onTokens(text, random, (pieces, place) => {
      pieces[place] = "";
    }),
  "double a token": (text, random) =>
    onTokens(text, random, (pieces, place) => {
      pieces[place] = `${pieces[place]} ${pieces[place]}`;
    }),
  "swap two tokens": (text, random) =>
    onTokens(text, random, (pieces, place, other) => {
      [pieces[place], pieces[other]] = [pieces[other] ?? "", pieces[place] ?? ""];
    }),
  "copy a token": (text, random) =>
    onTokens(text, random, (pieces, place, other) => {
      pieces[place] = `${pieces[place]} ${pieces[other]} `;
    }),
  "flip characters": (text, random) => {
    let flipped = text;
    for (let count = 1 + random.below(3); count > 0; count--)
      flipped = replaced(flipped, random, 1, String.fromCharCode(random.below(160)));
    return flipped;
  },
  "insert a piece": (text, random) => replaced(text, random, 0, random.pick(oddPieces)),
  "replace by a piece": (text, random) => replaced(text, random, random.below(8), random.pick(oddPieces)),
  "delete a range": (text, random) => replaced(text, random, random.below(60), ""),
  "cut off the end": (text, random) => text.slice(0, random.below(text.length + 1)),
  "cut off the start": (text, random) => text.slice(random.below(text.length + 1)),
  "splice in another": (text, random, others) => {
    const other = random.pick(others);
    const start = random.below(other.length);
    return replaced(text, random, random.below(80), other.slice(start, start + random.below(200)));
  },
  "delete a line": (text, random) => onLines(text, (lines) => lines.splice(random.below(lines.length), 1)),
  "move a line": (text, random) =>
    onLines(text, (lines) => {
      const moved = lines.splice(random.below(lines.length), 1);
      lines.splice(random.below(lines.length + 1), 0, ...moved);
    }),
  "other line breaks": (text, random) => text.replaceAll("\n", random.pick(["\r\n", "\r", "\n\r", "\n\n"])),
};

/** A text with one damage, seldom two or three. */
export function damaged(text: string, random: SeededRandom, others: readonly string[]): string {
  let found = text;
  do found = random.pick(Object.values(damages))(found, random, others);
  while (random.chance(0.25));
  return found;
}

/** Lets a change at two random tokens loose on the pieces of a text. */
function onTokens(
  text: string,
  random: SeededRandom,
  change: (pieces: string[], place: number, other: number) => void,
): string {
  const buffer = tokenize(text);
  const pieces = Array.from({ length: buffer.count }, (_, index) => tokenText(buffer, index));
  const places = pieces.map((_, index) => index).filter((index) => !isTrivia(buffer.kinds[index] ?? 0));
  change(pieces, random.pick(places), random.pick(places));
  return pieces.join("");
}

function onLines(text: string, change: (lines: string[]) => void): string {
  const lines = text.split("\n");
  change(lines);
  return lines.join("\n");
}

function replaced(text: string, random: SeededRandom, length: number, by: string): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + by + text.slice(at + length);
}
