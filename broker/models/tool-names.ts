/** The longest name and the characters that all providers take. */
const maximumLength = 64;
const foreignCharacters = /[^A-Za-z0-9_-]/g;

/**
 * Names of tools as a provider takes them, and back. Most names stay as they are; `host.ping` becomes `host_ping`, or
 * `host_ping_2` where that is a tool too.
 */
export class ToolNames {
  readonly #toProvider = new Map<string, string>();
  readonly #toProcedure = new Map<string, string>();

  /** The provider's name for a tool; the same for the same tool. */
  forProvider(name: string): string {
    const known = this.#toProvider.get(name);
    if (known) return known;
    const base = name.replace(foreignCharacters, "_").slice(0, maximumLength) || "tool";
    let candidate = base;
    for (let count = 2; this.#toProcedure.has(candidate); count++) {
      const suffix = `_${count}`;
      candidate = base.slice(0, maximumLength - suffix.length) + suffix;
    }
    this.#toProvider.set(name, candidate);
    this.#toProcedure.set(candidate, name);
    return candidate;
  }

  /** The procedure's name for what a model called; a name that was never offered stays as it is. */
  forProcedure(name: string): string {
    return this.#toProcedure.get(name) ?? name;
  }
}
