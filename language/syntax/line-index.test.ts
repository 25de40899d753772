import { expect, test } from "vitest";
import { LineIndex } from "./line-index.ts";

const text = "one\ntwo\r\n\rfour\u{1f600}";
const lines = new LineIndex(text);

test.for([
  [0, 0, 0],
  [3, 0, 3],
  [4, 1, 0],
  [7, 1, 3],
  [9, 2, 0],
  [10, 3, 0],
  [16, 3, 6],
] as const)("offset %i is line %i, character %i", ([offset, line, character]) => {
  expect(lines.positionAt(offset)).toEqual({ line, character });
  expect(lines.offsetAt({ line, character })).toBe(offset);
});

test("counts lines as editors do", () => {
  expect(lines.lineCount).toBe(4);
  expect([0, 1, 2, 3, 4].map((line) => lines.lineStart(line))).toEqual([0, 4, 9, 10, 16]);
  expect(new LineIndex("").lineCount).toBe(1);
  expect(new LineIndex("\r\r\n\n").lineCount).toBe(4);
});

test("places outside count as the nearest ones inside", () => {
  expect(lines.positionAt(-1)).toEqual({ line: 0, character: 0 });
  expect(lines.positionAt(99)).toEqual({ line: 3, character: 6 });
  expect(lines.offsetAt({ line: 9, character: 0 })).toBe(16);
  expect(lines.offsetAt({ line: -1, character: 5 })).toBe(0);
  expect(lines.offsetAt({ line: 0, character: 99 })).toBe(3);
  expect(lines.offsetAt({ line: 1, character: 99 })).toBe(7);
});
