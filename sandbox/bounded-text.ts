import { StringDecoder } from "node:string_decoder";

/** Keeps the last characters of a stream of bytes: enough to explain a crash, never a growing buffer. */
export class BoundedText {
  readonly #decoder = new StringDecoder("utf8");
  readonly #limit: number;
  #text = "";

  constructor(limit = 16 * 1024) {
    this.#limit = limit;
  }

  add(bytes: Buffer): void {
    this.#text = (this.#text + this.#decoder.write(bytes)).slice(-this.#limit);
  }

  toString(): string {
    return this.#text;
  }
}
