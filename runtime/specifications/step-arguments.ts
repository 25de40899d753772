import { StepFailure } from "./step-failure.ts";

/** The arguments of a built-in step by the names of its parameters. */
export class StepArguments {
  readonly #given: Readonly<Record<string, string>>;

  constructor(given: Readonly<Record<string, string>>) {
    this.#given = given;
  }

  text(name: string): string {
    const value = Object.hasOwn(this.#given, name) ? this.#given[name] : undefined;
    if (value === undefined) throw new StepFailure(`The step lacks its ${name}.`);
    return value;
  }

  number(name: string): number {
    const value = Number(this.text(name));
    if (Number.isNaN(value)) throw new StepFailure(`${this.text(name)} is no number.`);
    return value;
  }
}
