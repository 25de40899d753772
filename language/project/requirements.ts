/** Which files ask for which others: kept both ways, so that an edit finds those that depend on it at once. */
export class Requirements {
  /** For each file those that its `require` calls lead to, or would lead to if they existed. */
  readonly #wanted = new Map<string, readonly string[]>();
  readonly #dependents = new Map<string, Set<string>>();

  /** Notes what a file asks for; what it asked for before is forgotten. */
  set(uri: string, wanted: readonly string[]): void {
    for (const target of this.#wanted.get(uri) ?? []) this.#dependents.get(target)?.delete(uri);
    if (wanted.length === 0) this.#wanted.delete(uri);
    else this.#wanted.set(uri, wanted);
    for (const target of wanted) {
      const dependents = this.#dependents.get(target) ?? new Set();
      dependents.add(uri);
      this.#dependents.set(target, dependents);
    }
  }

  /** What a file asks for, whether it exists or not. */
  of(uri: string): readonly string[] {
    return this.#wanted.get(uri) ?? [];
  }

  /** Files in an order in which each comes behind those of them that it asks for, as far as there is one. */
  modulesFirst(uris: Iterable<string>): readonly string[] {
    const waiting = new Set(uris);
    const ordered = new Set<string>();
    const path: string[] = [];
    for (const uri of waiting) {
      path.push(uri);
      for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
        waiting.delete(top);
        const next = this.of(top).find((other) => waiting.has(other));
        if (next !== undefined) path.push(next);
        else ordered.add(path.pop() ?? top);
      }
    }
    return [...ordered];
  }

  /** A file and all that ask for it, by whatever way. */
  affectedBy(uri: string): readonly string[] {
    const affected = new Set([uri]);
    for (const each of affected) for (const other of this.#dependents.get(each) ?? []) affected.add(other);
    return [...affected];
  }
}
