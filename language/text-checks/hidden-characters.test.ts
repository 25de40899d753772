import { describe, expect, test } from "vitest";
import { findHiddenCharacters } from "./hidden-characters.ts";
import { quickestOf } from "./quickest-of.ts";

describe("what is hidden has a name and a place", () => {
  test.for([
    ["-- if admin \u202e then", "direction", "U+202E right-to-left override"],
    ["a\u2066b", "direction", "U+2066 left-to-right isolate"],
    ["a\u200fb", "direction", "U+200F right-to-left mark"],
    ["done\u200b", "invisible", "U+200B zero width space"],
    ["do\u200dne", "invisible", "U+200D zero width joiner"],
    ["do\u00adne", "invisible", "U+00AD soft hyphen"],
    ["x\ufeff", "invisible", "U+FEFF zero width no-break space"],
    ["x\ufe0f", "invisible", "U+FE0F emoji variation selector"],
    ["1\ufe0f", "invisible", "U+FE0F emoji variation selector"],
    ["x\u{e0100}\u{e0101}", "invisible", "U+E0100 invisible variation selector"],
    ["x\u{e0068}\u{e0069}", "invisible", 'U+E0068 invisible tag characters that spell "hi"'],
    ["x\u3164", "invisible", "U+3164 Hangul filler"],
    ["x\u001b[2J", "control", "U+001B escape"],
    ["x\u0085", "control", "U+0085 control character"],
    ["x\u2028", "control", "U+2028 line separator"],
  ] as const)("%j", ([text, kind, name]) => {
    const [found, ...more] = findHiddenCharacters(text);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ kind, name });
    expect(name).toContain(
      text.slice(found!.start, found!.end).codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0"),
    );
  });

  test("each of several", () => {
    expect(findHiddenCharacters("\u202eab\u202c\u200b").map(({ start, end }) => [start, end])).toEqual([
      [0, 1],
      [3, 4],
      [4, 5],
    ]);
  });
});

test.for([
  "\ufefflocal x = 1\r\n\tprint(x)\f\v",
  "👩‍👩‍👧 ❤️ 1️⃣ 🏳️‍🌈 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
  "می‌خواهم क्‍ष",
  "שלום\u200f!",
  "葛\u{e0100}",
  "Grüße, naïve café, Привет, 日本語, ελληνικά, non\u00a0breaking",
])("what people write on purpose is not reported: %s", (text) => {
  expect(findHiddenCharacters(text)).toEqual([]);
});

test("a megabyte takes a moment", () => {
  const texts = [
    "-- plain text with no surprise\n".repeat(33_000),
    "\u202e".repeat(1_000_000),
    "é😀".repeat(300_000),
    "❤️".repeat(300_000),
  ];
  for (const text of texts) {
    expect(quickestOf(() => findHiddenCharacters(text))).toBeLessThan(400);
  }
});

test("any text is read without a throw", () => {
  let seed = 5;
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 12 }, () => {
      seed = (seed * 48271) % 2147483647;
      return String.fromCharCode(seed % 3 ? 0x2000 + (seed % 0x80) : seed % 0x10000);
    }).join("");
    for (const { start, end } of findHiddenCharacters(text)) expect(start).toBeLessThan(end);
  }
});
