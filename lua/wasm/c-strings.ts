import type { LuaExports } from "./lua-module.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
/** Below this, a loop over bytes is faster than the decoder's call. */
const shortText = 48;

/** Text in and out of the linear memory, whose buffer is replaced whenever it grows. */
export class CStrings {
  readonly #c: LuaExports;
  #bytes: Uint8Array;
  #scratch = 0;
  #scratchBytes = 0;
  /** Bytes of the text that `write` wrote last. */
  lastLength = 0;

  constructor(c: LuaExports) {
    this.#c = c;
    this.#bytes = new Uint8Array(c.memory.buffer);
  }

  bytes(): Uint8Array {
    if (this.#bytes.byteLength === 0) this.#bytes = new Uint8Array(this.#c.memory.buffer);
    return this.#bytes;
  }

  integer(pointer: number): number {
    const bytes = this.bytes();
    const [a = 0, b = 0, c = 0, d = 0] = [
      bytes[pointer],
      bytes[pointer + 1],
      bytes[pointer + 2],
      bytes[pointer + 3],
    ];
    return a | (b << 8) | (c << 16) | (d << 24);
  }

  /** Writes text into the scratch area, ended by a zero; valid until the next call. Returns its address. */
  write(text: string): number {
    this.#makeRoom(text.length * 3 + 1);
    const bytes = this.bytes();
    let length = 0;
    if (text.length < shortText) length = writeAscii(text, bytes, this.#scratch);
    if (length < text.length) {
      length = encoder.encodeInto(
        text,
        bytes.subarray(this.#scratch, this.#scratch + this.#scratchBytes - 1),
      ).written;
    }
    bytes[this.#scratch + length] = 0;
    this.lastLength = length;
    return this.#scratch;
  }

  /** A zero-ended text that stays. */
  keep(text: string): number {
    const encoded = encoder.encode(`${text}\0`);
    const address = this.#c.malloc(encoded.length);
    this.bytes().set(encoded, address);
    return address;
  }

  read(address: number, length: number): string {
    const bytes = this.bytes();
    if (length < shortText) {
      const text = readAscii(bytes, address, length);
      if (text !== undefined) return text;
    }
    return decoder.decode(bytes.subarray(address, address + length));
  }

  readToZero(address: number): string {
    const bytes = this.bytes();
    return this.read(address, bytes.indexOf(0, address) - address);
  }

  #makeRoom(bytes: number): void {
    if (bytes <= this.#scratchBytes) return;
    this.#c.free(this.#scratch);
    this.#scratchBytes = Math.max(4096, bytes);
    this.#scratch = this.#c.malloc(this.#scratchBytes);
    if (this.#scratch === 0) {
      this.#scratchBytes = 0;
      throw new RangeError("no memory left for a text");
    }
  }
}

function writeAscii(text: string, bytes: Uint8Array, address: number): number {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 127) return index;
    bytes[address + index] = unit;
  }
  return text.length;
}

function readAscii(bytes: Uint8Array, address: number, length: number): string | undefined {
  let text = "";
  for (let index = address; index < address + length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte > 127) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}
