/** `Stop.*`: a note that a procedure leaves for itself; nothing stops by it. */
export class StopNote {
  #request: { readonly reason: string | undefined; readonly success: boolean } | undefined;

  get isRequested(): boolean {
    return this.#request !== undefined;
  }

  get reason(): string | undefined {
    return this.#request?.reason;
  }

  get success(): boolean {
    return this.#request?.success ?? true;
  }

  request(reason: string | undefined, success: boolean): void {
    this.#request = { reason, success };
  }

  reset(): void {
    this.#request = undefined;
  }
}

/** `Iterations.*`: a counter for loops of the procedure; nothing counts by itself. */
export class IterationCounter {
  current = 0;
}
