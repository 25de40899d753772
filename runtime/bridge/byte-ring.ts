/** Where a ring keeps its bytes and its two positions (indexes into `positions`). */
export interface RingParts {
  /** Its length is a power of two. */
  readonly bytes: Uint8Array;
  readonly positions: Int32Array;
  readonly written: number;
  readonly read: number;
}

/**
 * Bytes from one thread to another through shared memory: one writer, one reader, no message per write. Positions
 * count up and wrap at 32 bits.
 */
export class ByteRing {
  readonly #parts: RingParts;

  constructor(parts: RingParts) {
    this.#parts = parts;
  }

  /**
   * Writes all bytes, blocking while the ring is full: this is the back-pressure that a slow reader puts on a fast
   * procedure. `onProgress` is called after each piece, before any wait, so that the reader can be woken.
   */
  write(data: Uint8Array, onProgress: () => void): void {
    const { bytes, positions } = this.#parts;
    for (let offset = 0; offset < data.length; ) {
      const read = Atomics.load(positions, this.#parts.read);
      const written = Atomics.load(positions, this.#parts.written);
      const free = bytes.length - ((written - read) >>> 0);
      if (free === 0) {
        Atomics.wait(positions, this.#parts.read, read);
        continue;
      }
      const start = (written >>> 0) % bytes.length;
      const count = Math.min(free, data.length - offset, bytes.length - start);
      bytes.set(data.subarray(offset, offset + count), start);
      Atomics.store(positions, this.#parts.written, (written + count) | 0);
      offset += count;
      onProgress();
    }
  }

  /** Takes up to `maximum` bytes out, as a copy; empty when there are none. */
  read(maximum: number): Uint8Array {
    const { bytes, positions } = this.#parts;
    const read = Atomics.load(positions, this.#parts.read);
    const written = Atomics.load(positions, this.#parts.written);
    const start = (read >>> 0) % bytes.length;
    const count = Math.min((written - read) >>> 0, maximum, bytes.length - start);
    const taken = new Uint8Array(count);
    taken.set(bytes.subarray(start, start + count));
    Atomics.store(positions, this.#parts.read, (read + count) | 0);
    Atomics.notify(positions, this.#parts.read);
    return taken;
  }

  get isEmpty(): boolean {
    const { positions } = this.#parts;
    return Atomics.load(positions, this.#parts.read) === Atomics.load(positions, this.#parts.written);
  }
}
