import { expect, test } from "vitest";
import { encodeFrame, FrameError, FrameReader } from "./frames.ts";
import { maximumFrameBytes, maximumFrameDepth } from "./messages.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function readAll(chunks: readonly Uint8Array[]): unknown[] {
  const reader = new FrameReader();
  return chunks.flatMap((chunk) => [...reader.push(chunk)]);
}

/** The code of the FrameError that reading throws. */
function errorCode(chunks: readonly Uint8Array[]): string | undefined {
  try {
    readAll(chunks);
  } catch (error) {
    return error instanceof FrameError ? error.code : String(error);
  }
  return undefined;
}

test("a frame survives being cut at any byte, inside a character too", () => {
  const frame = encodeFrame({ text: "naïve — 日本 \n \u2028 end" });
  for (let cut = 0; cut <= frame.length; cut++) {
    expect(readAll([frame.subarray(0, cut), frame.subarray(cut)])).toEqual([
      { text: "naïve — 日本 \n \u2028 end" },
    ]);
  }
});

test("several frames in one chunk come out in order, empty lines are skipped", () => {
  expect(readAll([bytes('{"a":1}\n\n{"b":2}\n{"c"'), bytes(":3}\n")])).toEqual([
    { a: 1 },
    { b: 2 },
    { c: 3 },
  ]);
});

test.for([
  { name: "not JSON", chunks: [bytes("hello\n")], code: "frame-not-json" },
  { name: "too deep", chunks: [bytes(`${"[".repeat(maximumFrameDepth + 1)}\n`)], code: "frame-too-deep" },
  {
    name: "an endless line, noticed at the limit",
    chunks: Array.from({ length: 5 }, () => new Uint8Array(maximumFrameBytes / 4).fill(0x20)),
    code: "frame-too-large",
  },
])("refused: $name", ({ chunks, code }) => {
  expect(errorCode(chunks)).toBe(code);
});

test("brackets inside strings do not count as nesting", () => {
  const text = '[{"'.repeat(maximumFrameDepth);
  expect(readAll([encodeFrame({ text })])).toEqual([{ text }]);
});

test("a key that names the prototype is dropped, however it is written", () => {
  const frame = bytes(
    '{"a":{"__proto__":1,"b":2},"\\u005f\\u005FPROTO":3,"\\u005f_proto__":4,"c":"__proto__"}\n',
  );
  expect(readAll([frame])).toEqual([{ a: { b: 2 }, __PROTO: 3, c: "__proto__" }]);
});

test("a frame that comes byte by byte has the same limit", () => {
  const reader = new FrameReader();
  const half = new Uint8Array(maximumFrameBytes - 1).fill(0x20);
  expect([...reader.push(half)]).toEqual([]);
  expect([...reader.push(Uint8Array.of(0x20))]).toEqual([]);
  expect(() => [...reader.push(Uint8Array.of(0x20))]).toThrow(FrameError);
});

test("a message over the limit is not written", () => {
  expect(() => encodeFrame({ text: "x".repeat(maximumFrameBytes) })).toThrow(FrameError);
});
