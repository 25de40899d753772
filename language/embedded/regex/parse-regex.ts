import { anyOf, between, namedClasses, not, oneOf } from "#language/embedded/regex/character-classes.ts";
import { type CharacterTest, RegexError, type RegexNode } from "#language/embedded/regex/regex-tree.ts";

/** A regular expression that was understood. */
export interface ParsedRegex {
  readonly root: RegexNode;
  /** Of each capturing group, from the first: its name, when it has one. */
  readonly groups: readonly (string | undefined)[];
}

/**
 * Reads a regular expression as Python's `re` does with IGNORECASE. What no machine without backtracking can do
 * (looking around, repeating what a group has matched) is refused as unsupported. Throws RegexError.
 */
export function parseRegex(pattern: string): ParsedRegex {
  return new RegexReader(pattern).read();
}

/** Longer patterns, deeper groups and higher counts are refused: each costs time for every step. */
const longestPattern = 2_000;
const deepestGroup = 50;
const highestCount = 100;

const escapes: ReadonlyMap<string, number> = new Map([
  ["n", 10],
  ["t", 9],
  ["r", 13],
  ["f", 12],
  ["v", 11],
  ["a", 7],
  ["0", 0],
]);

class RegexReader {
  readonly #pattern: string;
  readonly #groups: (string | undefined)[] = [];
  #at = 0;
  #depth = 0;
  #dotTakesBreaks = false;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  read(): ParsedRegex {
    if (this.#pattern.length > longestPattern) this.#unsupported("It is longer than 2,000 characters.", 0);
    this.#flags();
    const root = this.#choice();
    if (this.#at < this.#pattern.length) this.#refuse("This `)` closes nothing.", this.#at);
    return { root, groups: this.#groups };
  }

  /** `(?i)` and the like; only in front. */
  #flags(): void {
    const flags = /^\(\?([aiLmsux]+)\)/.exec(this.#pattern);
    if (!flags) return;
    if (/[mxL]/.test(flags[1] ?? ""))
      this.#unsupported("These flags are not understood here.", 0, flags[0].length);
    this.#dotTakesBreaks = flags[1]?.includes("s") === true;
    this.#at = flags[0].length;
  }

  #choice(): RegexNode {
    const options = [this.#sequence()];
    while (this.#take("|")) options.push(this.#sequence());
    const [only] = options;
    return options.length === 1 && only ? only : { kind: "choice", options };
  }

  #sequence(): RegexNode {
    const parts: RegexNode[] = [];
    while (this.#at < this.#pattern.length && !"|)".includes(this.#peek())) {
      const start = this.#at;
      const part = this.#atom();
      if (part) parts.push(this.#repeated(part, start));
    }
    return { kind: "sequence", parts };
  }

  #atom(): RegexNode | undefined {
    const start = this.#at;
    const point = this.#next();
    switch (String.fromCodePoint(point)) {
      case ".":
        return { kind: "character", fits: this.#dotTakesBreaks ? () => true : not(oneOf(10)) };
      case "^":
        return { kind: "assertion", place: "start" };
      case "$":
        return { kind: "assertion", place: "end" };
      case "(":
        return this.#group(start);
      case "[":
        return { kind: "character", fits: this.#set(start) };
      case "\\":
        return this.#escaped(start);
      case "*":
      case "+":
      case "?":
        return this.#refuse("There is nothing to repeat before this.", start);
      default:
        return { kind: "character", fits: oneOf(point) };
    }
  }

  #repeated(part: RegexNode, start: number): RegexNode {
    const count = this.#count();
    if (!count) return part;
    if (part.kind === "assertion") this.#refuse("There is nothing to repeat before this.", start);
    if (count.least > count.most) this.#refuse("The lower count is above the higher one.", start);
    const isLazy = this.#take("?");
    const again = this.#at;
    if (this.#count()) this.#refuse("This repeats a repetition. Put the inner one into a group.", again);
    return { kind: "repetition", part, ...count, isLazy };
  }

  #count(): { readonly least: number; readonly most: number } | undefined {
    if (this.#take("*")) return { least: 0, most: Number.POSITIVE_INFINITY };
    if (this.#take("+")) return { least: 1, most: Number.POSITIVE_INFINITY };
    if (this.#take("?")) return { least: 0, most: 1 };
    const counts = /^\{(?:(\d{1,9})(,(\d{0,9}))?|,(\d{1,9}))\}/.exec(
      this.#pattern.slice(this.#at, this.#at + 24),
    );
    if (!counts) return undefined;
    const start = this.#at;
    this.#at += counts[0].length;
    const [, exact, comma, high, onlyHigh] = counts;
    const least = Number(exact ?? 0);
    const upperBound = onlyHigh ?? (comma === undefined ? exact : high);
    const most = upperBound ? Number(upperBound) : Number.POSITIVE_INFINITY;
    if (least > highestCount || (most !== Number.POSITIVE_INFINITY && most > highestCount))
      this.#unsupported("A repetition of more than 100 times is not followed here.", start);
    return { least, most };
  }

  #group(start: number): RegexNode | undefined {
    if (++this.#depth > deepestGroup) this.#unsupported("Its groups are nested too deeply.", start);
    if (this.#skipComment(start)) return undefined;
    const isCapturing = this.#groupHead(start);
    const index = this.#groups.length;
    const part = this.#choice();
    if (!this.#take(")")) this.#refuse("This group has no closing `)`.", start);
    this.#depth--;
    return isCapturing ? { kind: "group", index, part } : part;
  }

  #skipComment(start: number): boolean {
    if (!this.#pattern.startsWith("?#", this.#at)) return false;
    const end = this.#pattern.indexOf(")", this.#at);
    if (end < 0) this.#refuse("This comment has no closing `)`.", start);
    this.#at = end + 1;
    this.#depth--;
    return true;
  }

  /** Reads what stands behind the bracket; true for a group whose text is kept. */
  #groupHead(start: number): boolean {
    if (!this.#take("?")) {
      this.#groups.push(undefined);
      return true;
    }
    if (this.#take(":")) return false;
    const named = /^P?<([A-Za-z_]\w*)>/.exec(this.#pattern.slice(this.#at, this.#at + 80));
    if (named) {
      this.#at += named[0].length;
      this.#groups.push(named[1]);
      return true;
    }
    return this.#unsupported("Groups that begin like this are not understood here.", start, this.#at + 1);
  }

  #escaped(start: number): RegexNode {
    const letter = this.#pattern[this.#at] ?? "";
    if (/[1-9]/.test(letter))
      this.#unsupported("What a group has matched can't be asked for again here.", start, this.#at + 1);
    const place = places.get(letter);
    if (place) {
      this.#at++;
      return { kind: "assertion", place };
    }
    return { kind: "character", fits: this.#escapedClass(start) };
  }

  /** What stands behind a backslash, in a set or outside. */
  #escapedClass(start: number): CharacterTest {
    const named = namedClasses.get(this.#peek());
    if (!named) return oneOf(this.#escapedPoint(start));
    this.#at++;
    return named;
  }

  #escapedPoint(start: number): number {
    if (this.#at >= this.#pattern.length) this.#refuse("The backslash at the end escapes nothing.", start);
    const point = this.#next();
    const letter = String.fromCodePoint(point);
    const known = escapes.get(letter);
    if (known !== undefined) return known;
    const digits = { x: 2, u: 4, U: 8 }[letter];
    if (digits !== undefined) return this.#hexadecimal(digits, start);
    if (/[A-Za-z0-9]/.test(letter)) this.#refuse(`There is no escape \`\\${letter}\`.`, start);
    return point;
  }

  #hexadecimal(length: number, start: number): number {
    const digits = this.#pattern.slice(this.#at, this.#at + length);
    this.#at += length;
    const point =
      /^[\da-f]+$/i.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : Number.NaN;
    if (!(point <= 0x10ffff)) this.#refuse("This is no number of a character.", start);
    return point;
  }

  #set(start: number): CharacterTest {
    const isNegated = this.#take("^");
    const tests: CharacterTest[] = [];
    do {
      if (this.#at >= this.#pattern.length) this.#refuse("This set has no closing `]`.", start);
      tests.push(this.#member(start));
    } while (!this.#take("]"));
    return isNegated ? not(anyOf(tests)) : anyOf(tests);
  }

  #member(set: number): CharacterTest {
    const start = this.#at;
    if (this.#peek() === "\\" && namedClasses.has(this.#pattern[start + 1] ?? "")) {
      this.#at++;
      return this.#escapedClass(start);
    }
    const first = this.#memberPoint(set);
    const isRange =
      this.#peek() === "-" && this.#at + 1 < this.#pattern.length && this.#pattern[this.#at + 1] !== "]";
    if (!isRange) return oneOf(first);
    this.#at++;
    const last = this.#memberPoint(set);
    if (last < first) this.#refuse("This range runs backwards.", start);
    return between(first, last);
  }

  #memberPoint(set: number): number {
    const start = this.#at;
    if (start >= this.#pattern.length) this.#refuse("This set has no closing `]`.", set);
    const point = this.#next();
    if (point !== 0x5c) return point;
    return this.#peek() === "b" ? this.#backspace() : this.#escapedPoint(start);
  }

  #backspace(): number {
    this.#at++;
    return 8;
  }

  #peek(): string {
    return this.#pattern[this.#at] ?? "";
  }

  #next(): number {
    const point = this.#pattern.codePointAt(this.#at) ?? 0;
    this.#at += point > 0xffff ? 2 : 1;
    return point;
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }

  #refuse(message: string, start: number): never {
    const end = Math.max(start + 1, Math.min(this.#at, this.#pattern.length));
    throw new RegexError({ start, end, message, isUnsupported: false });
  }

  #unsupported(message: string, start: number, end: number = this.#pattern.length): never {
    throw new RegexError({ start, end, message, isUnsupported: true });
  }
}

const places: ReadonlyMap<string, "start" | "end" | "border" | "inside"> = new Map([
  ["A", "start"],
  ["Z", "end"],
  ["b", "border"],
  ["B", "inside"],
]);
