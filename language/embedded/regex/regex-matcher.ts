import { fail, ok, type Result } from "#common/result.ts";
import { isWordCharacter } from "#language/embedded/regex/character-classes.ts";
import { compileRegex, type Instruction } from "#language/embedded/regex/compile-regex.ts";
import { parseRegex } from "#language/embedded/regex/parse-regex.ts";
import { RegexError, type RegexProblem } from "#language/embedded/regex/regex-tree.ts";

/** Where the whole (0) and each group matched; undefined for a group that took no part. */
export type RegexMatch = readonly ({ readonly start: number; readonly end: number } | undefined)[];

/** Longer texts are not looked at. */
const longestText = 4_000;

/** A regular expression that is ready to be used, or why it can't be. */
export function createRegexMatcher(pattern: string): Result<RegexMatcher, RegexProblem> {
  try {
    const { root, groups } = parseRegex(pattern);
    return ok(new RegexMatcher(compileRegex(root), groups));
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    return fail(error.problem);
  }
}

/**
 * Matches a regular expression without backtracking: all ways are followed at once, so that the time is at most the
 * length of the text times that of the expression. The outcome is that of a backtracking matcher: the first way wins.
 */
export class RegexMatcher {
  /** Of each group its name, when it has one. */
  readonly groups: readonly (string | undefined)[];
  readonly #program: readonly Instruction[];

  constructor(program: readonly Instruction[], groups: readonly (string | undefined)[]) {
    this.#program = program;
    this.groups = groups;
  }

  /** Matches from the start of the text, not necessarily to its end. */
  match(text: string): RegexMatch | undefined {
    if (text.length > longestText) return undefined;
    const run = new Run(this.#program, text, (this.groups.length + 1) * 2);
    const slots = run.run();
    if (!slots) return undefined;
    return Array.from({ length: this.groups.length + 1 }, (_, group) => {
      const start = slots[group * 2];
      const end = slots[group * 2 + 1];
      return start === undefined || end === undefined || start < 0 || end < 0 ? undefined : { start, end };
    });
  }
}

/** A way that is being followed: the next instruction and what its groups have taken so far. */
interface Thread {
  readonly at: number;
  readonly slots: Int32Array;
}

/** One search. Threads are in the order in which a backtracking matcher would try them. */
class Run {
  readonly #program: readonly Instruction[];
  readonly #text: string;
  readonly #slotCount: number;
  /** Per instruction the position at which it was last reached: nobody goes the same way twice. */
  readonly #reached: Int32Array;

  constructor(program: readonly Instruction[], text: string, slotCount: number) {
    this.#program = program;
    this.#text = text;
    this.#slotCount = slotCount;
    this.#reached = new Int32Array(program.length).fill(-1);
  }

  run(): Int32Array | undefined {
    let threads: Thread[] = [];
    let best: Int32Array | undefined;
    this.#follow({ at: 0, slots: new Int32Array(this.#slotCount).fill(-1) }, 0, threads);
    for (let position = 0; threads.length > 0; ) {
      const point = this.#text.codePointAt(position);
      const after = position + ((point ?? 0) > 0xffff ? 2 : 1);
      const next: Thread[] = [];
      for (const { at, slots } of threads) {
        const instruction = this.#program[at];
        if (instruction?.kind === "match") {
          best = slots;
          break;
        }
        if (instruction?.kind === "character" && point !== undefined && instruction.fits(point))
          this.#follow({ at: at + 1, slots }, after, next);
      }
      threads = next;
      position = after;
    }
    return best;
  }

  /** Goes on to the instructions that take a character, or to the end. */
  #follow(first: Thread, position: number, threads: Thread[]): void {
    const stack: Thread[] = [first];
    for (let thread = stack.pop(); thread; thread = stack.pop()) {
      const { at, slots } = thread;
      const instruction = this.#program[at];
      if (!instruction || this.#reached[at] === position) continue;
      this.#reached[at] = position;
      switch (instruction.kind) {
        case "jump":
          stack.push({ at: instruction.to, slots });
          break;
        case "split":
          stack.push({ at: instruction.second, slots }, { at: instruction.first, slots });
          break;
        case "save":
          stack.push({ at: at + 1, slots: slots.with(instruction.slot, position) });
          break;
        case "assertion":
          if (this.#holds(instruction.place, position)) stack.push({ at: at + 1, slots });
          break;
        case "character":
        case "match":
          threads.push(thread);
      }
    }
  }

  #holds(place: "start" | "end" | "border" | "inside", position: number): boolean {
    if (place === "start") return position === 0;
    if (place === "end") return position >= this.#text.length;
    const isBorder = this.#isWord(position - 1) !== this.#isWord(position);
    return place === "border" ? isBorder : !isBorder;
  }

  #isWord(index: number): boolean {
    const point = this.#text.codePointAt(index);
    return index >= 0 && point !== undefined && isWordCharacter(point);
  }
}
