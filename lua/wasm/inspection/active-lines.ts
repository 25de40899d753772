/**
 * Lines with instructions in a function and all functions inside it, read from the form in which Lua 5.4 writes a
 * compiled function (`lua_dump`): there is no other way to functions that do not exist yet.
 */
export function activeLines(dump: Uint8Array): number[] {
  const reader = new DumpReader(dump);
  reader.skip(headerBytes);
  const lines = new Set<number>();
  readFunction(reader, lines);
  return [...lines].sort((left, right) => left - right);
}

/** Signature, version, format, check bytes, three sizes, an integer, a float, and the number of upvalues. */
const headerBytes = 4 + 1 + 1 + 6 + 3 + 8 + 8 + 1;
const instructionBytes = 4;
/** In the list of differences between lines: look into the list of absolute ones. */
const absolute = -128;
const constantBytes: Readonly<Record<number, number | "text">> = {
  0: 0, // nil
  1: 0, // false
  17: 0, // true
  3: 8, // integer
  19: 8, // float
  4: "text",
  20: "text",
};

function readFunction(reader: DumpReader, lines: Set<number>): void {
  reader.skipText(); // source
  const definedLine = reader.number();
  reader.number(); // last line
  reader.byte(); // parameters
  const isVararg = reader.byte() !== 0;
  reader.byte(); // stack size
  reader.skip(reader.number() * instructionBytes);
  for (let left = reader.number(); left > 0; left--) skipConstant(reader);
  for (let left = reader.number(); left > 0; left--) reader.skip(3); // upvalues
  for (let left = reader.number(); left > 0; left--) readFunction(reader, lines);
  const differences = reader.signedBytes(reader.number());
  const absolutes = new Map<number, number>();
  for (let left = reader.number(); left > 0; left--) absolutes.set(reader.number(), reader.number());
  for (let left = reader.number(); left > 0; left--) {
    reader.skipText();
    reader.number();
    reader.number();
  }
  for (let left = reader.number(); left > 0; left--) reader.skipText();
  let line = definedLine;
  differences.forEach((difference, instruction) => {
    line = difference === absolute ? (absolutes.get(instruction) ?? line) : line + difference;
    // The first instruction of a vararg function prepares its arguments; no line begins there.
    if (!(isVararg && instruction === 0)) lines.add(line);
  });
}

function skipConstant(reader: DumpReader): void {
  const bytes = constantBytes[reader.byte()];
  if (bytes === undefined) throw new Error("a compiled function holds a constant of an unknown kind");
  if (bytes === "text") reader.skipText();
  else reader.skip(bytes);
}

class DumpReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const value = this.#bytes[this.#at++];
    if (value === undefined) throw new Error("a compiled function ends too early");
    return value;
  }

  /** Seven bits a byte, highest first; the last byte has its high bit set. */
  number(): number {
    for (let value = 0; ; ) {
      const next = this.byte();
      value = value * 128 + (next & 0x7f);
      if (next >= 0x80) return value;
    }
  }

  /** A text is written with its length plus one; 0 is no text. */
  skipText(): void {
    this.skip(Math.max(0, this.number() - 1));
  }

  signedBytes(count: number): Int8Array {
    const start = this.#at;
    this.skip(count);
    return new Int8Array(this.#bytes.slice(start, this.#at).buffer);
  }

  skip(count: number): void {
    this.#at += count;
  }
}
