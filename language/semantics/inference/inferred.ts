/** So many results may wait for each other; one that is further down is found out first, by itself. */
const deepest = 100;

/** Something that is found out, perhaps in several attempts. */
interface Search {
  attempt(): void;
  /** Until it is found, whoever meets it again learns that it is not known. */
  hold(): void;
}

/** Thrown out of an attempt that went too deep; caught where nothing else waits. */
class TooDeep extends Error {
  readonly search: Search;

  constructor(search: Search) {
    super("Inference is too deep.");
    this.search = search;
  }
}

/** How many results of one file wait for each other at the moment. */
export class InferenceDepth {
  #current = 0;

  get isOutermost(): boolean {
    return this.#current === 0;
  }

  /** Does a step further in. Throws TooDeep. */
  within<Value>(search: Search, infer: () => Value): Value {
    if (this.#current >= deepest) throw new TooDeep(search);
    this.#current++;
    try {
      return infer();
    } finally {
      this.#current--;
    }
  }

  /**
   * Finds something out for good: what is too deep for one attempt is found first, then the attempt is made again. So a
   * result does not depend on what was asked before it, however long the way to it is.
   */
  settle(first: Search): void {
    const waiting = [first];
    for (let search: Search | undefined = first; search; search = waiting.at(-1)) {
      try {
        search.attempt();
        waiting.pop();
      } catch (thrown) {
        if (!(thrown instanceof TooDeep)) throw thrown;
        search.hold();
        waiting.push(thrown.search);
      }
    }
  }
}

/** Results of one kind that were inferred, each once. One that leads back to itself is `unknown` there. */
export class Inferred<Key, Value> {
  readonly #known = new Map<Key, Value>();
  readonly #depth: InferenceDepth;
  readonly #unknown: Value;

  constructor(depth: InferenceDepth, unknown: Value) {
    this.#depth = depth;
    this.#unknown = unknown;
  }

  has(key: Key): boolean {
    return this.#known.has(key);
  }

  known(key: Key): Value | undefined {
    return this.#known.get(key);
  }

  /** Infers a result that is not known yet. */
  find(key: Key, infer: () => Value): Value {
    const search: Search = {
      attempt: () => this.#attempt(key, search, infer),
      hold: () => this.#known.set(key, this.#unknown),
    };
    if (this.#depth.isOutermost) this.#depth.settle(search);
    else search.attempt();
    return this.#known.get(key) as Value;
  }

  #attempt(key: Key, search: Search, infer: () => Value): void {
    this.#known.set(key, this.#unknown);
    try {
      this.#known.set(key, this.#depth.within(search, infer));
    } catch (thrown) {
      this.#known.delete(key);
      throw thrown;
    }
  }
}
