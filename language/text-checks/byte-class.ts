/** A set of bytes, one bit each. */
export type ByteClass = bigint;

export const noByte: ByteClass = 0n;
export const anyByte: ByteClass = (1n << 256n) - 1n;

const single: readonly ByteClass[] = Array.from({ length: 256 }, (_, byte) => 1n << BigInt(byte));

export function oneByte(byte: number): ByteClass {
  return single[byte] ?? noByte;
}

/** Bytes from `first` to `last`, both included; none when they stand the wrong way round. */
export function byteRange(first: number, last: number): ByteClass {
  return first > last ? noByte : ((1n << BigInt(last - first + 1)) - 1n) << BigInt(first);
}

export function complement(bytes: ByteClass): ByteClass {
  return anyByte ^ bytes;
}

export function overlap(one: ByteClass, other: ByteClass): boolean {
  return (one & other) !== noByte;
}

/** True when every byte of `part` is in `whole`. */
export function isPartOf(part: ByteClass, whole: ByteClass): boolean {
  return (part & whole) === part;
}

const lower = range("a", "z");
const upper = range("A", "Z");
const digit = range("0", "9");
const graphic = byteRange(0x21, 0x7e);

/** Lua's classes in the C locale, under their lower-case letter; the upper-case letter is the complement. */
const letters: ReadonlyMap<string, ByteClass> = new Map([
  ["a", lower | upper],
  ["c", byteRange(0, 0x1f) | oneByte(0x7f)],
  ["d", digit],
  ["g", graphic],
  ["l", lower],
  ["p", graphic & complement(lower | upper | digit)],
  ["s", byteRange(9, 13) | oneByte(0x20)],
  ["u", upper],
  ["w", lower | upper | digit],
  ["x", digit | range("a", "f") | range("A", "F")],
  ["z", oneByte(0)],
]);

/** What `%` with this byte matches: a class, or the byte itself. */
export function escapedClass(byte: number): ByteClass {
  const letter = String.fromCharCode(byte);
  const known = letters.get(letter.toLowerCase());
  if (known === undefined) return oneByte(byte);
  return letter === letter.toLowerCase() ? known : complement(known);
}

function range(first: string, last: string): ByteClass {
  return byteRange(first.charCodeAt(0), last.charCodeAt(0));
}
