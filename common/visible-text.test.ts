import { describe, expect, test } from "vitest";
import { bounded, oneLine, visibleJson, visibleText } from "./visible-text.ts";

describe("what can't be seen is shown", () => {
  test.for([
    ["an escape sequence", "\u001b[31mred", "␛[31mred"],
    ["a bidi override", "abc\u202Egpj.exe", "abc‹U+202E›gpj.exe"],
    ["a zero-width space", "ad\u200Bmin", "ad‹U+200B›min"],
    ["tag characters", "a\u{E0041}", "a‹U+E0041›"],
    ["a lone surrogate", "a\uD800", "a‹U+D800›"],
    ["a Hangul filler", "a\u3164", "a‹U+3164›"],
    ["delete", "a\u007F", "a␡"],
    ["lines and tabs stay", "a\n\tb", "a\n\tb"],
    ["Windows lines are lines", "a\r\nb", "a\nb"],
    ["letters of any script stay", "żółw 東京 🦕", "żółw 東京 🦕"],
  ] as const)("%s", ([, text, shown]) => {
    expect(visibleText(text)).toBe(shown);
  });
});

describe("one line", () => {
  test.for([
    ["short text stays", "hello", 10, "hello"],
    ["breaks are marked", "one\n  two", 20, "one ⏎ two"],
    ["a cut ends with an ellipsis", "abcdefgh", 5, "abcd…"],
    ["a family is one grapheme and is not halved", "🇵🇱🇵🇱🇵🇱🇵🇱", 3, "🇵🇱🇵🇱…"],
  ] as const)("%s", ([, text, most, shown]) => {
    expect(oneLine(text, most)).toBe(shown);
  });

  test("a heap of combining marks is cut", () => {
    expect(oneLine(`a${"\u0301".repeat(5000)}`, 20).length).toBeLessThan(40);
  });

  test("a huge text costs no more than its shown part", () => {
    const line = oneLine("x".repeat(50_000_000), 50);
    expect(line).toHaveLength(50);
  });
});

test("JSON holds the same value, and nothing that steers a screen", () => {
  const value = { "a\u202e": ["\u009b31m", "\u{e0041}", "żółw 🦕", "\n", "\ud800"] };
  const text = visibleJson(value);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).toContain("żółw 🦕");
  expect(text).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
});

test("a bounded text is cut between graphemes", () => {
  expect(bounded(`${"a".repeat(30)}👩‍👩‍👧b`, 33)).toBe(`${"a".repeat(30)}\n… 9 more characters`);
  expect(bounded("🇵🇱".repeat(20), 42)).toBe(`${"🇵🇱".repeat(10)}\n… 40 more characters`);
});

test("a bounded text says what it left out", () => {
  expect(bounded("abcdef", 4)).toBe("abcd\n… 2 more characters");
});
