import type { SeededRandom } from "#language/syntax/damaged-text.ts";

const names = ["a", "b", "c", "d"];
const labels = ["L", "M"];
const deepest = 4;

/**
 * Programs that are well formed, but break the rules on constants, labels, `break`, `...` and `return` about every
 * second time. For tests.
 */
export class RandomProgram {
  readonly #random: SeededRandom;

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  text(): string {
    return `${this.#block(0)}\n${this.#block(0)}`;
  }

  #block(depth: number): string {
    const statements = Array.from({ length: this.#random.below(4) }, () => this.#statement(depth));
    if (this.#random.chance(0.08)) statements.push(`return ${this.#maybe(0.5, this.#expression(depth + 1))}`);
    return statements.join(this.#random.pick([" ", "\n", "; "]));
  }

  #maybe(probability: number, text: string): string {
    return this.#random.chance(probability) ? text : "";
  }

  #name(): string {
    return this.#random.pick(names);
  }

  #statement(depth: number): string {
    const simple = [
      () => this.#local(depth),
      () => this.#local(depth),
      () => `${this.#name()} = ${this.#expression(depth + 1)}`,
      () => `${this.#name()}, ${this.#name()} = ${this.#expression(depth + 1)}`,
      () => `goto ${this.#random.pick(labels)}`,
      () => `::${this.#random.pick(labels)}::`,
      () => this.#random.pick(["break", ";", `f(${this.#expression(depth)})`]),
    ];
    if (depth >= deepest) return this.#random.pick(simple)();
    return this.#random.pick([...simple, ...this.#compounds(depth + 1)])();
  }

  #compounds(depth: number): (() => string)[] {
    const block = () => this.#block(depth);
    const value = () => this.#expression(depth);
    const parameters = () => this.#random.pick(["", "a", "...", "b, ..."]);
    return [
      () => `${this.#maybe(0.5, "local ")}function ${this.#name()}(${parameters()}) ${block()} end`,
      () => `function ${this.#name()}${this.#random.pick([".x", ":m", ""])}() ${block()} end`,
      () => `do ${block()} end`,
      () => `while ${value()} do ${block()} end`,
      () => `repeat ${block()} until ${value()}`,
      () =>
        `if ${value()} then ${block()} ${this.#maybe(0.3, `elseif a then ${block()} `)}else ${block()} end`,
      () => `for ${this.#name()} = 1, 2 do ${block()} end`,
      () => `for ${this.#name()}, k in ${value()} do ${block()} end`,
    ];
  }

  #local(depth: number): string {
    const name = () => this.#name() + this.#random.pick(["", "", "", " <const>", " <close>"]);
    const list = this.#random.chance(0.3) ? `${name()}, ${name()}` : name();
    return `local ${list}${this.#maybe(0.8, ` = ${this.#expression(depth + 1)}`)}`;
  }

  #expression(depth: number): string {
    const atom = () => this.#random.pick([...names, "1", "nil", "'s'", "...", "true"]);
    if (depth >= deepest || this.#random.chance(0.5)) return atom();
    const value = () => this.#expression(depth + 1);
    return this.#random.pick([
      () => `${value()} ${this.#random.pick(["+", "..", "==", "and", "^"])} ${value()}`,
      () => `function(${this.#random.pick(["", "a", "..."])}) ${this.#block(depth + 1)} end`,
      () => `{${value()}, a = ${value()}}`,
      () => `${this.#name()}(${value()})`,
      () => `(${value()})`,
    ])();
  }
}
