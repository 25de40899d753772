import { expect, test } from "vitest";
import { isWellFormedNumber, numberEnd, numberValue } from "./number-literal.ts";

test.for<[text: string, value: number, isInteger: boolean]>([
  ["0", 0, true],
  ["42", 42, true],
  ["9223372036854775807", 2 ** 63, true],
  ["9223372036854775808", 2 ** 63, false],
  ["0xff", 255, true],
  ["0xffffffffffffffff", -1, true],
  ["0x1ffffffffffffffff", -1, true],
  ["3.", 3, false],
  [".5", 0.5, false],
  ["1e3", 1000, false],
  ["0x.8", 0.5, false],
  ["0xA.8p1", 21, false],
  ["0x1p-2", 0.25, false],
  ["1e999", Number.POSITIVE_INFINITY, false],
])("%s", ([text, value, isInteger]) => {
  expect(numberEnd(text, 0)).toBe(text.length);
  expect(isWellFormedNumber(text, 0, text.length)).toBe(true);
  expect(numberValue(text)).toEqual({ value, isInteger });
});

test.for(["0x", "1e", "1e+", "0x1p", "3x", "1..2", "1.2.3", "0xg", "0x.p1", "1_0", "1e1.5"])(
  "%s is none",
  (text) => {
    expect(numberEnd(text, 0)).toBe(text.length);
    expect(isWellFormedNumber(text, 0, text.length)).toBe(false);
  },
);

test.for([
  ["1+2", 1],
  ["0x1e+1", 4],
  ["1e-5-2", 4],
  ["7)", 1],
] as const)("%s ends at %i", ([text, end]) => {
  expect(numberEnd(text, 0)).toBe(end);
});
