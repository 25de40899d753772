/** Pseudo-random numbers that depend on nothing but the seed: the generator known as sfc32, 53 bits at a time. */
export class RandomNumbers {
  #a = 0;
  #b = 0;
  #c = 0;
  #counter = 1;

  constructor(seed: number) {
    this.seed(seed);
  }

  seed(seed: number): void {
    const bits = new Uint32Array(Float64Array.of(seed).buffer);
    this.#a = 0;
    this.#b = bits[0] ?? 0;
    this.#c = bits[1] ?? 0;
    this.#counter = 1;
    // The first numbers of similar seeds are similar.
    for (let round = 0; round < 16; round++) this.#bits();
  }

  /** A float from 0 up to, not including, 1. */
  next(): number {
    const high = this.#bits() >>> 5;
    const low = this.#bits() >>> 6;
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  #bits(): number {
    const sum = (this.#a + this.#b + this.#counter++) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    return sum >>> 0;
  }
}
