/** Largest text that Lua may make, and how much it may make in one evaluation, in bytes. */
const largestText = 32 << 20;
const mostBytes = 128 << 20;

/** When the budget is spent, short texts are still made: what is left to do needs them. */
const shortText = 64 << 10;

/**
 * Bounds the memory of texts. The engine keeps them in byte arrays, which lie outside the heap that a worker is
 * limited to: one `string.rep` could take all memory of the machine. Only for a thread that does nothing else.
 */
export class TextBudget {
  #left = mostBytes;
  #isSpent = false;

  /** Counts every byte array that the thread makes from now on. */
  install(): void {
    globalThis.Uint8Array = new Proxy(Uint8Array, {
      construct: (target, args: readonly unknown[], newTarget) => {
        const [content] = args;
        if (typeof content === "number") this.#take(content);
        return Reflect.construct(target, args, newTarget);
      },
    });
  }

  /** Begins anew. */
  reset(): void {
    this.#left = mostBytes;
    this.#isSpent = false;
  }

  get isSpent(): boolean {
    return this.#isSpent;
  }

  #take(bytes: number): void {
    if (bytes <= shortText && this.#isSpent) return;
    this.#left -= bytes;
    if (bytes <= largestText && this.#left >= 0) return;
    this.#isSpent = true;
    if (bytes > shortText) throw new Error("The texts of the file take too much memory.");
  }
}
