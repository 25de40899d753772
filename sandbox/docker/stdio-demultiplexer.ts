import { Transform, type TransformCallback } from "node:stream";

const headerBytes = 8;
const standardError = 2;

/**
 * Separates the two streams that the engine sends over one connection (each piece has a header: stream number in the
 * first byte, length in the last four). What comes out is standard output, with back-pressure to the engine; standard
 * error goes to the callback. The client library's own function ignores back-pressure.
 */
export class StdioDemultiplexer extends Transform {
  readonly #onError: (bytes: Buffer) => void;
  #header: Buffer = Buffer.alloc(0);
  #stream = 0;
  #remaining = 0;

  constructor(onError: (bytes: Buffer) => void) {
    super();
    this.#onError = onError;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    let rest = chunk;
    while (rest.length > 0) rest = this.#remaining > 0 ? this.#takeContent(rest) : this.#takeHeader(rest);
    done();
  }

  #takeHeader(bytes: Buffer): Buffer {
    const missing = headerBytes - this.#header.length;
    this.#header = Buffer.concat([this.#header, bytes.subarray(0, missing)]);
    if (this.#header.length === headerBytes) {
      this.#stream = this.#header.readUInt8(0);
      this.#remaining = this.#header.readUInt32BE(4);
      this.#header = Buffer.alloc(0);
    }
    return bytes.subarray(missing);
  }

  #takeContent(bytes: Buffer): Buffer {
    const content = bytes.subarray(0, this.#remaining);
    this.#remaining -= content.length;
    if (this.#stream === standardError) this.#onError(content);
    else this.push(content);
    return bytes.subarray(content.length);
  }
}
