/** Something that must be released; releasing twice is harmless. */
export interface Disposable {
  dispose(): void | Promise<void>;
}

/**
 * Collects what must be released at the end of a life (a process, a run, a turn) and releases it in reverse order.
 * What is added after the end is released at once: this removes the leak of a cancel that arrives while something
 * is still starting.
 */
export class DisposableList implements Disposable {
  readonly #items: Disposable[] = [];
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  /** Adds an item and gives it back, so that creation and registration are one expression. */
  add<Item extends Disposable>(item: Item): Item {
    if (this.#disposed) void item.dispose();
    else this.#items.push(item);
    return item;
  }

  /** Releases everything, waiting for each item in turn. All are released even when one throws; the first error is rethrown. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    let firstError: unknown;
    for (let item = this.#items.pop(); item; item = this.#items.pop()) {
      try {
        await item.dispose();
      } catch (error) {
        firstError ??= error;
      }
    }
    if (firstError !== undefined) throw firstError;
  }
}
