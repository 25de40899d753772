import { describe, expect, test } from "vitest";
import { LuaError } from "#lua/engine.ts";
import { createWasmEngineFactory } from "#lua/wasm/create-wasm-engine.ts";
import { parseLuaPattern } from "./lua-pattern.ts";
import { quickestOf } from "./quickest-of.ts";

const createEngine = await createWasmEngineFactory();

/** What the real matcher says of a pattern on a text: an error's words, or undefined. */
function errorOfLua(pattern: string, text: string): string | undefined {
  const engine = createEngine({
    memoryBytes: 32 << 20,
    instructions: 1_000_000,
    seed: 1,
    now: () => 0,
    print: () => undefined,
  });
  try {
    engine.load("local text, pattern = ... return string.match(text, pattern)", "=t").call(text, pattern);
    return undefined;
  } catch (error) {
    if (!(error instanceof LuaError)) throw error;
    return error.message.replace(/^(?:=?t:\d+: )?/, "");
  } finally {
    engine.close();
  }
}

describe("refused patterns, in the words of the VM", () => {
  test.for([
    ["%", "malformed pattern (ends with '%')"],
    ["ab%", "malformed pattern (ends with '%')"],
    ["[a", "malformed pattern (missing ']')"],
    ["[]", "malformed pattern (missing ']')"],
    ["[^]", "malformed pattern (missing ']')"],
    ["[%]", "malformed pattern (missing ']')"],
    ["%b", "malformed pattern (missing arguments to '%b')"],
    ["%bx", "malformed pattern (missing arguments to '%b')"],
    ["%f", "missing '[' after '%f' in pattern"],
    ["%fx", "missing '[' after '%f' in pattern"],
    ["%f[a", "malformed pattern (missing ']')"],
    ["(", "unfinished capture"],
    ["(a(b)", "unfinished capture"],
    [")", "invalid pattern capture"],
    ["(a))", "invalid pattern capture"],
    ["%0", "invalid capture index %0"],
    ["%1", "invalid capture index %1"],
    ["(a%1)", "invalid capture index %1"],
    ["(a)%2", "invalid capture index %2"],
    ["()".repeat(33), "too many captures"],
    ["a?".repeat(200), "pattern too complex"],
  ])("%s", ([pattern = "", message]) => {
    const subject = `ab${"a".repeat(200)}`;
    expect(parseLuaPattern(pattern).problems.map((problem) => problem.message)).toEqual([message]);
    expect(errorOfLua(pattern, pattern.startsWith("a?") ? "a".repeat(300) : subject)).toContain(message);
  });

  test("the place is that of the text, not of its bytes", () => {
    const pattern = "é😀[a";
    const [problem] = parseLuaPattern(pattern).problems;
    expect(pattern.slice(problem!.start, problem!.end)).toBe("[a");
  });
});

test.for([
  ["^(%a+)=()(.-)$", 3],
  ["[]]", 0],
  ["[^]a-]", 0],
  ["[%]a]", 0],
  ["%b()%f[%w]x", 0],
  ["(a)%1", 1],
  ["((a)(b))%2", 3],
  ["$^a", 0],
  ["a?".repeat(199), 0],
  ["", 0],
] as const)("%s has %i captures and is fine", ([pattern, captures]) => {
  const parsed = parseLuaPattern(pattern);
  expect(parsed.problems).toEqual([]);
  expect(parsed.captures).toBe(captures);
  expect(errorOfLua(pattern, "ab".repeat(200))).toBeUndefined();
});

test("an anchor is one only in front, and not in gmatch", () => {
  expect(parseLuaPattern("^a").isAnchored).toBe(true);
  expect(parseLuaPattern("a^").isAnchored).toBe(false);
  expect(parseLuaPattern("^a", { anchors: false })).toMatchObject({ isAnchored: false });
  expect(parseLuaPattern("^a", { anchors: false }).items).toHaveLength(2);
});

test.for([
  ["(ab)+", "+", "`+` behind a capture repeats nothing"],
  ["()*", "*", "`*` behind a position capture repeats nothing"],
  ["%b()?", "?", "`?` behind `%b` repeats nothing"],
  ["(a)%1*", "*", "`*` behind a repeated capture repeats nothing"],
  ["é+", "é+", "A letter beyond ASCII is several bytes"],
] as const)("%s is hardly what was meant", ([pattern, place, message]) => {
  const [trap, ...more] = parseLuaPattern(pattern).traps;
  expect(more).toEqual([]);
  expect(trap!.message).toContain(message);
  expect(pattern.slice(trap!.start, trap!.end)).toBe(place);
});

test.for(["(a+)", "(ab)-c", "%d+", "[é]+", "é%+", "(a)%+"])("%s is no trap", (pattern) => {
  expect(parseLuaPattern(pattern).traps).toEqual([]);
});

test("random patterns are refused for the reason that the VM gives", () => {
  const pieces = [
    "a",
    "%",
    "[",
    "]",
    "^",
    "(",
    ")",
    "-",
    "*",
    "?",
    "$",
    "b",
    "f",
    "1",
    "%1",
    "%a",
    "%b",
    "%f[a]",
    "é",
  ];
  const engine = createEngine({
    memoryBytes: 64 << 20,
    instructions: 100_000_000,
    seed: 1,
    now: () => 0,
    print: () => undefined,
  });
  const find = engine.load(
    "local t, p = ... local ok, failure = pcall(string.match, t, p) return not ok and failure or nil",
    "=t",
  );
  let seed = 9;
  let refused = 0;
  for (let round = 0; round < 2000; round++) {
    const pattern = Array.from({ length: 7 }, () => {
      seed = (seed * 48271) % 2147483647;
      return pieces[seed % (pieces.length + 5)] ?? "";
    }).join("");
    const { problems } = parseLuaPattern(pattern);
    for (const subject of ["", "a", "abab1", "([-]?)*$"]) {
      const [outcome] = find.call(subject, pattern);
      if (typeof outcome !== "string") continue;
      refused++;
      expect(
        problems.map((problem) => problem.message),
        pattern,
      ).toEqual([outcome.replace(/^t:\d+: /, "")]);
    }
  }
  expect(refused).toBeGreaterThan(1000);
  engine.close();
});

test("a megabyte takes a moment", () => {
  for (const pattern of [
    "a".repeat(10_000),
    `[${"a-z".repeat(3_000)}]`,
    "%".repeat(10_000),
    "a".repeat(1_000_000),
    "%a".repeat(500_000),
    `[${"a-z%d".repeat(200_000)}]`,
    "é".repeat(500_000),
  ]) {
    expect(quickestOf(() => parseLuaPattern(pattern))).toBeLessThan(400);
  }
});
