/** Longest that a review holds up whatever else its process does, in milliseconds. */
const mostMilliseconds = 20;

/** Lets others have their turn now and then: a review in an editor shares its process with other extensions. */
export class Turns {
  #began = performance.now();

  async giveWay(): Promise<void> {
    if (performance.now() - this.#began < mostMilliseconds) return;
    await new Promise((resolve) => setTimeout(resolve, 0));
    this.#began = performance.now();
  }
}
