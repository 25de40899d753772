import {
  type CharacterTest,
  RegexError,
  type RegexNode,
  type RegexRepetition,
} from "#language/embedded/regex/regex-tree.ts";

/** One step of the matcher; places are indices into the program. */
export type Instruction =
  | { readonly kind: "character"; readonly fits: CharacterTest }
  | { readonly kind: "assertion"; readonly place: "start" | "end" | "border" | "inside" }
  | { readonly kind: "split"; readonly first: number; readonly second: number }
  | { readonly kind: "jump"; readonly to: number }
  | { readonly kind: "save"; readonly slot: number }
  | { readonly kind: "match" };

/** Counted repetitions are written out; more than this is no pattern for a step. */
const longestProgram = 5_000;

/** Turns a tree into a program that saves the whole match in the slots 0 and 1, group `n` in `2n` and `2n + 1`. */
export function compileRegex(root: RegexNode): readonly Instruction[] {
  return new Compiler().compile(root);
}

class Compiler {
  readonly #program: Instruction[] = [];
  #emitted = 0;

  compile(root: RegexNode): readonly Instruction[] {
    this.#program.push({ kind: "save", slot: 0 });
    this.#emit(root);
    this.#program.push({ kind: "save", slot: 1 }, { kind: "match" });
    return this.#program;
  }

  #emit(node: RegexNode): void {
    if (++this.#emitted > longestProgram) {
      const message = "Its counted repetitions are too long to be followed here.";
      throw new RegexError({ start: 0, end: 1, message, isUnsupported: true });
    }
    switch (node.kind) {
      case "character":
      case "assertion":
        this.#program.push(node);
        return;
      case "sequence":
        for (const part of node.parts) this.#emit(part);
        return;
      case "group":
        this.#program.push({ kind: "save", slot: node.index * 2 });
        this.#emit(node.part);
        this.#program.push({ kind: "save", slot: node.index * 2 + 1 });
        return;
      case "choice":
        this.#emitChoice(node.options);
        return;
      case "repetition":
        this.#emitRepetition(node);
    }
  }

  #emitChoice(options: readonly RegexNode[]): void {
    const jumps: number[] = [];
    for (const option of options.slice(0, -1)) {
      const split = this.#reserve();
      this.#emit(option);
      jumps.push(this.#reserve());
      this.#program[split] = { kind: "split", first: split + 1, second: this.#program.length };
    }
    for (const last of options.slice(-1)) this.#emit(last);
    for (const jump of jumps) this.#program[jump] = { kind: "jump", to: this.#program.length };
  }

  #emitRepetition({ part, least, most, isLazy }: RegexRepetition): void {
    for (let count = 0; count < least; count++) this.#emit(part);
    const splits: number[] = [];
    if (most === Number.POSITIVE_INFINITY) {
      splits.push(this.#reserve());
      this.#emit(part);
      this.#program.push({ kind: "jump", to: splits[0] ?? 0 });
    } else {
      for (let count = least; count < most; count++) {
        splits.push(this.#reserve());
        this.#emit(part);
      }
    }
    for (const split of splits) this.#program[split] = splitTo(split + 1, this.#program.length, isLazy);
  }

  /** A place that is filled when it is known where it leads. */
  #reserve(): number {
    return this.#program.push({ kind: "jump", to: 0 }) - 1;
  }
}

function splitTo(inside: number, behind: number, isLazy: boolean): Instruction {
  return isLazy
    ? { kind: "split", first: behind, second: inside }
    : { kind: "split", first: inside, second: behind };
}
