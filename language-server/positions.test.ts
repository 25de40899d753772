import { expect, test } from "vitest";
import { LineIndex } from "#language/syntax/line-index.ts";
import { type PositionEncoding, Positions } from "./positions.ts";

const encodings: readonly PositionEncoding[] = ["utf-8", "utf-16", "utf-32"];
const text = "a\n\näö€😀b\r\n\ud800x\r\n😀";

function positions(encoding: PositionEncoding): Positions {
  return new Positions(text, new LineIndex(text), encoding);
}

test.for(encodings)("%s: every place between letters is found again", (encoding) => {
  const known = positions(encoding);
  for (let offset = 0; offset <= text.length; offset++) {
    const isInside = /[\ud800-\udbff][\udc00-\udfff]/.test(text.slice(offset - 1, offset + 1));
    const isInBreak = text.slice(offset - 1, offset + 1) === "\r\n";
    if (!isInside && !isInBreak)
      expect(known.offsetAt(known.positionAt(offset)), String(offset)).toBe(offset);
  }
});

test.for<[PositionEncoding, number]>([
  ["utf-8", 11],
  ["utf-16", 5],
  ["utf-32", 4],
])("%s: letters of one, two, three and four bytes count", ([encoding, character]) => {
  const behind = text.indexOf("b");
  expect(positions(encoding).positionAt(behind)).toEqual({ line: 2, character });
  expect(positions(encoding).offsetAt({ line: 2, character })).toBe(behind);
});

test.for(encodings)("%s: places that do not exist are the nearest that do", (encoding) => {
  const known = positions(encoding);
  expect(known.offsetAt({ line: 0, character: 99 })).toBe(1);
  expect(known.offsetAt({ line: 1, character: 1 })).toBe(2);
  expect(known.offsetAt({ line: 99, character: 99 })).toBe(text.length);
  expect(known.positionAt(9999)).toEqual(known.positionAt(text.length));
});

test("half of a letter counts as the letter", () => {
  const start = text.indexOf("😀");
  expect(positions("utf-8").offsetAt({ line: 2, character: 8 })).toBe(start + 2);
});
