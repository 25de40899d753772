import { describe, expect, test } from "vitest";
import { createWasmEngineFactory } from "#lua/wasm/create-wasm-engine.ts";
import { canBlowUp } from "./can-blow-up.ts";
import { parseLuaPattern } from "./lua-pattern.ts";
import { quickestOf } from "./quickest-of.ts";

const createEngine = await createWasmEngineFactory();
const engine = createEngine({
  memoryBytes: 64 << 20,
  instructions: Number.MAX_SAFE_INTEGER,
  seed: 1,
  now: () => 0,
  print: () => undefined,
});
const find = engine.load("local text, pattern = ... return (string.find(text, pattern))", "=find");

/** Milliseconds that the VM searches. */
function measured(pattern: string, text: string): number {
  const started = performance.now();
  find.call(text, pattern);
  return performance.now() - started;
}

/** The best of many tries counts, since others work on this machine too: one that nobody interrupts is enough. */
function takesAtMost(milliseconds: number, pattern: string, text: string): boolean {
  return Array.from({ length: 30 }).some(() => measured(pattern, text) < milliseconds);
}

const fill = (piece: string, length: number): string => piece.repeat(Math.ceil(length / piece.length));

/** What 400 characters may cost a pattern that is not reported; a square takes about one millisecond here. */
const millisecondsForSquare = 12;

describe("these blow up, in the estimate and in the VM", () => {
  test.for([
    { pattern: "(.-)%s*,", power: 3, text: fill(" ", 400) },
    { pattern: "a*a*a*b", power: 4, text: fill("a", 120) },
    { pattern: "(.-),(.-),(.-),$", power: 4, text: `${fill(",", 120)}x` },
    { pattern: "<(.-)>(.-)</%1>", power: 3, text: fill("<a>", 250) + fill("</b>", 250) },
    { pattern: "%s*(%w+)%s*[,;]?%s*$", power: 3, text: `${fill("a", 200)}${fill(" ", 200)}!` },
    { pattern: "^.-a.-b.-c.-d$", power: 4, text: `${fill("a", 70)}${fill("b", 70)}${fill("c", 70)}x` },
    { pattern: "{.-}.-{.-}", power: 4, text: fill("{", 70) + fill("}", 70) + fill("{", 70) },
    { pattern: "%w*%d*x", power: 3, text: fill("1", 400) },
    { pattern: "^%w+%d+%w+$", power: 3, text: `${fill("1", 400)}!` },
    { pattern: `${"a?".repeat(24)}b`, power: 2.9, text: fill("a", 10) },
    { pattern: `${"a*".repeat(24)}b`, power: 25, text: fill("a", 7) },
  ])("$pattern", ({ pattern, power, text }) => {
    expect(canBlowUp(parseLuaPattern(pattern))?.power).toBe(power);
    expect(measured(pattern, text)).toBeGreaterThan(millisecondsForSquare);
  });
});

describe("these don't, whatever the text", () => {
  test.for([
    "^%s*(.-)%s*$",
    "%s+$",
    ".*%.(%w+)$",
    "(.-),(.-),(.-)$",
    "(.+)%.(.+)%.(.+)",
    "(.-)::(.-)::(.-)",
    "^(.-)%s*=%s*(.-)%s*$",
    "^(%S+)%s*=%s*(.+)$",
    "(%w+)%s*=%s*(%w+)",
    '"(.-)"',
    "%[%[(.-)%]%]",
    "(%S+)@(%S+)",
    "[%w._-]+@[%w.-]+%.%a+",
    "(%d+)-(%d+)-(%d+)",
    "[^,]+,[^,]+,[^,]+",
    "^([^,]*),([^,]*),([^,]*),$",
    "%f[%w]%w+%f[%W]",
    "%b()%b()x",
    "```%w*\n(.-)```",
    "%-?%d+%.?%d*",
    "(%a+) .* (%a+)",
    `${"a?".repeat(8)}b`,
  ])("%s", (pattern) => {
    expect(canBlowUp(parseLuaPattern(pattern))).toBeUndefined();
    for (const text of attacks(pattern)) {
      expect(takesAtMost(millisecondsForSquare, pattern, text), text).toBe(true);
    }
  });
});

/** Texts of 400 characters from what the pattern is about, none of which it may like. */
function attacks(pattern: string): string[] {
  const pieces = [...new Set(["a", "1", " ", ...pattern.replace(/%[a-z]/gi, "").replace(/[\w^$]/g, "")])];
  const pairs = pieces.flatMap((one) => pieces.map((other) => one + other));
  const runs = pieces.flatMap((one) => pieces.map((other) => fill(one, 200) + fill(other, 200)));
  return [...pairs.map((pair) => fill(pair, 400)), ...runs].flatMap((text) => [text, `${text}\u0001`]);
}

test("the reason names what is to be changed", () => {
  const pattern = "(.-)%s*,%s*x";
  const found = canBlowUp(parseLuaPattern(pattern));
  expect(found?.reason).toBe(
    "In this pattern `.-` can take characters that what follows takes too, and Lua tries every way to share them out, again from every position: a text that does not fit takes a time that grows with the power 3 of its length. Begin it with `^`, or let each repetition exclude what follows it, as in `[^,]*,`.",
  );
  expect(found?.repetitions.map(({ start, end }) => pattern.slice(start, end))).toEqual([".-"]);
});

test("a pattern that Lua refuses is not looked at", () => {
  expect(canBlowUp(parseLuaPattern("a*a*a*a*["))).toBeUndefined();
});

test("random patterns that are not reported stay quick", () => {
  const pieces = [
    "a",
    "a*",
    "a-",
    ".-",
    ".*",
    ".+",
    "b",
    "b+",
    "[ab]*",
    "%w-",
    "a?",
    "(a)",
    "%f[b]",
    "%b()",
    "$",
    "^",
  ];
  let seed = 17;
  for (let round = 0; round < 2000; round++) {
    const pattern = Array.from({ length: 6 }, () => {
      seed = (seed * 48271) % 2147483647;
      return pieces[seed % pieces.length];
    }).join("");
    if (canBlowUp(parseLuaPattern(pattern))) continue;
    for (const text of [fill("a", 300), fill("ab", 300), `${fill("a", 150)}${fill("b", 150)}`])
      expect(takesAtMost(millisecondsForSquare * 2, pattern, `${text}c`), pattern).toBe(true);
  }
}, 60_000);

test("the estimate is linear in the pattern", () => {
  for (const pattern of ["a".repeat(10_000), `^${"a".repeat(9_000)}$`, "[ab]*".repeat(150)]) {
    const parsed = parseLuaPattern(pattern);
    expect(quickestOf(() => canBlowUp(parsed))).toBeLessThan(400);
  }
});
