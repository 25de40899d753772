import { lineStartAt } from "#language/sidecar/line-start.ts";

/** Numbers from a seed: the same in each run of a test. */
export class SeededRandom {
  #state: number;

  constructor(seed: number) {
    this.#state = seed % 2147483647 || 1;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    this.#state = (this.#state * 48271) % 2147483647;
    return this.#state % Math.max(1, limit);
  }

  of<Value>(values: readonly Value[]): Value {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("There is nothing to choose from.");
    return value;
  }
}

const pieces = [
  ..."\t \n\r:-{}[],&*!|>'\"%@`#?~$\\",
  ...["\u0000", "\ufeff", "\u202e", "é", "😀", "\ud800", "<<: *a\n", "&a ", "*a", "!!js x", "---\n", "...\n"],
  ...[
    "- ",
    "? ",
    ": ",
    "  ",
    "\n\n",
    "null",
    "yes",
    "1e999",
    "0x1F",
    ".nan",
    "$".concat("{A}"),
    "sandbox:\n",
    "|2-\n",
  ],
];

/** A text after one to four damages, as typing, cutting, merging and malice make them. */
export function mutatedText(text: string, corpus: readonly string[], random: SeededRandom): string {
  let mutated = text;
  for (let count = 1 + random.below(4); count > 0; count--) mutated = damaged(mutated, corpus, random);
  return mutated;
}

function damaged(text: string, corpus: readonly string[], random: SeededRandom): string {
  const at = random.below(text.length + 1);
  const length = random.below(20);
  switch (random.below(10)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(at + length);
    case 2:
    case 3:
      return text.slice(0, at) + random.of(pieces) + text.slice(at);
    case 4:
      return text.slice(0, at) + String.fromCharCode(random.below(300)) + text.slice(at + 1);
    case 5: {
      const other = random.of(corpus);
      return text.slice(0, at) + other.slice(random.below(other.length));
    }
    case 6:
      return indented(text, at, random);
    case 7:
      return text.slice(0, at) + random.of(pieces).repeat(1 + random.below(200)) + text.slice(at);
    case 8: {
      const lines = text.split("\n");
      lines.splice(random.below(lines.length), 0, random.of(lines));
      return lines.join("\n");
    }
    default:
      return text.replaceAll("\n", random.of(["\r\n", "\n", "\r", "\n\n"]));
  }
}

/** One line moved to the left or the right. */
function indented(text: string, at: number, random: SeededRandom): string {
  const start = lineStartAt(text, at);
  const blanks = /^ */.exec(text.slice(start))?.[0].length ?? 0;
  return text.slice(0, start) + " ".repeat(random.below(10)) + text.slice(start + blanks);
}
