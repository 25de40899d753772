import { expect, test } from "vitest";
import { ByteRing } from "./byte-ring.ts";

function ring(size: number, position = 0): ByteRing {
  const positions = new Int32Array(new SharedArrayBuffer(8)).fill(position);
  return new ByteRing({ bytes: new Uint8Array(size), positions, written: 0, read: 1 });
}

test("bytes come out in order, over the end of the buffer and over 32 bits", () => {
  for (const position of [0, 2 ** 31 - 5, -5]) {
    const bytes = ring(16, position);
    const seen: number[] = [];
    for (let value = 0; value < 100; value += 10) {
      bytes.write(
        Uint8Array.from({ length: 10 }, (_, index) => value + index),
        () => {},
      );
      while (!bytes.isEmpty) seen.push(...bytes.read(7));
    }
    expect(seen).toEqual(Array.from({ length: 100 }, (_, index) => index));
  }
});

test("progress is told for each piece, so that a reader can make room", () => {
  const bytes = ring(4);
  const seen: number[] = [];
  bytes.write(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]), () => seen.push(...bytes.read(100)));
  expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(bytes.read(1)).toHaveLength(0);
});
