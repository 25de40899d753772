/** Milliseconds after which findings are told without what is still being read. */
const patience = 500;

/** What is being read for documents that were just opened: modules and configuration, without which findings are wrong. */
export class PendingReads {
  readonly #reads = new Map<string, Promise<void>>();

  /** Notes that something is being read for a document. A failure is told by whoever started it. */
  add(uri: string, read: Promise<unknown>): void {
    const settled = read.then(
      () => {},
      () => {},
    );
    const late = new Promise<void>((resolve) => setTimeout(resolve, patience));
    const done = Promise.race([settled, late]).then(() => {
      if (this.#reads.get(uri) === done) this.#reads.delete(uri);
    });
    this.#reads.set(uri, done);
  }

  /** What is being read for a document; undefined when nothing is. */
  of(uri: string): Promise<void> | undefined {
    return this.#reads.get(uri);
  }
}
