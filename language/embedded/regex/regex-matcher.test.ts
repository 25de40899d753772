import { describe, expect, test } from "vitest";
import { createRegexMatcher } from "./regex-matcher.ts";

function matched(pattern: string, text: string): (string | undefined)[] | undefined {
  const created = createRegexMatcher(pattern);
  if (!created.ok) throw new Error(created.error.message);
  return created.value.match(text)?.map((span) => span && text.slice(span.start, span.end));
}

describe("matches as a backtracking matcher does, from the start and whatever the case", () => {
  test.for([
    ['I classify "(.+)"', 'I classify "a" and "b"', ['I classify "a" and "b"', 'a" and "b']],
    ['I classify "(.+?)"', 'i CLASSIFY "a" and "b"', ['i CLASSIFY "a"', "a"]],
    ["the user", "the user is here", ["the user"]],
    ["the user$", "the user is here", undefined],
    ["user", "the user", undefined],
    ["a|ab|abc", "abc", ["a"]],
    ["(?:a|ab)(c|bcd)?", "abcd", ["abcd", "bcd"]],
    ["(a)|(b)", "b", ["b", undefined, "b"]],
    ["(a*)*b", "aab", ["aab", "aa"]],
    ["(\\d+)-(\\w{2,3})(,\\s)?", "12-abcd, ", ["12-abc", "12", "abc", undefined]],
    ["(?P<name>\\w+) x?", "Ärger ", ["Ärger ", "Ärger"]],
    ["[a-c\\]]+[^x]", "aB]y", ["aB]y"]],
    ["[]a]+", "a]a", ["a]a"]],
    ["\\bthe\\b", "the", ["the"]],
    ["\\Bthe", "the", undefined],
    ["x{2}", "xxx", ["xx"]],
    ["x{,2}", "xxx", ["xx"]],
    ["x{int}", "x{int}", ["x{int}"]],
    ["a.c", "a\nc", undefined],
    ["(?s)a.c", "a\nc", ["a\nc"]],
    ["(?#note)a\\.b", "a.b", ["a.b"]],
    ["\\x41\\u00e9", "aÉ", ["aÉ"]],
    ["😀+", "😀😀", ["😀😀"]],
    ["", "x", [""]],
  ] as [string, string, (string | undefined)[] | undefined][])("%s on %s", ([pattern, text, expected]) => {
    expect(matched(pattern, text)).toEqual(expected);
  });

  test("the names of groups", () => {
    const created = createRegexMatcher("(a)(?P<second>b)(?:c)(?<third>d)");
    expect(created.ok && created.value.groups).toEqual([undefined, "second", "third"]);
  });
});

describe("refused", () => {
  test.for([
    ["a(b", 1, "This group has no closing `)`."],
    ["a)b", 1, "This `)` closes nothing."],
    ["[a", 0, "This set has no closing `]`."],
    ["*a", 0, "There is nothing to repeat before this."],
    ["a|+", 2, "There is nothing to repeat before this."],
    ["a**", 2, "This repeats a repetition. Put the inner one into a group."],
    ["a{2}{3}", 4, "This repeats a repetition. Put the inner one into a group."],
    ["a{3,2}", 0, "The lower count is above the higher one."],
    ["a\\", 1, "The backslash at the end escapes nothing."],
    ["\\q", 0, "There is no escape `\\q`."],
    ["[b-a]", 1, "This range runs backwards."],
    ["\\xg1", 0, "This is no number of a character."],
  ] as const)("%s", ([pattern, start, message]) => {
    const created = createRegexMatcher(pattern);
    expect(!created.ok && created.error).toMatchObject({ start, message, isUnsupported: false });
  });

  test.for([
    "(?=a)",
    "(?!a)",
    "(?<=a)b",
    "(a)\\1",
    "(?P<n>a)(?P=n)",
    "(?>a)",
    "(?x)a b",
    "a{1000}",
    "(?i:x)",
    "(?:(?:a{90}){90}){90}",
    "(?:(?:(?:){99}){99}){99}",
  ])("beyond what is understood: %s", (pattern) => {
    const created = createRegexMatcher(pattern);
    expect(!created.ok && created.error.isUnsupported).toBe(true);
  });
});

test("what makes others backtrack without end comes to its end", () => {
  for (const pattern of ["(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)(.*)(.*)(.*)(.*)x", "(?:a?){50}a{50}$"]) {
    expect(matched(pattern, `${"a".repeat(2_000)}!`)).toBeUndefined();
  }
});

test("random expressions match what JavaScript's matcher matches", () => {
  const pieces = [
    "a",
    "b",
    "ab",
    ".",
    "(a)",
    "(b|ab)",
    "(?:a|b)",
    "[ab]",
    "a*",
    "b+?",
    "(a?)",
    "a{1,2}",
    "^",
    "$",
    "\\b",
    "c|",
  ];
  let seed = 21;
  for (let round = 0; round < 2000; round++) {
    const pattern = Array.from({ length: 5 }, () => {
      seed = (seed * 48271) % 2147483647;
      return pieces[seed % pieces.length];
    }).join("");
    for (const text of ["", "a", "abab", "bbaab", "cab"]) {
      const expected = new RegExp(`^(?:${pattern})`, "i").exec(text);
      expect(matched(pattern, text), `${pattern} on ${text}`).toEqual(
        expected === null ? undefined : [...expected],
      );
    }
  }
});

test("any text is read without a throw", () => {
  const pieces = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "?",
    "*",
    "+",
    "|",
    "\\",
    "^",
    "$",
    "-",
    ",",
    "1",
    "P",
    "<",
    "a",
    "é",
    ":",
  ];
  let seed = 23;
  for (let round = 0; round < 2000; round++) {
    const pattern = Array.from({ length: 9 }, () => {
      seed = (seed * 48271) % 2147483647;
      return pieces[seed % pieces.length];
    }).join("");
    const created = createRegexMatcher(pattern);
    if (created.ok) created.value.match("aé1");
    else expect(created.error.start).toBeLessThan(created.error.end);
  }
  expect(createRegexMatcher("(".repeat(100_000)).ok).toBe(false);
});
