import { describe, expect, test } from "vitest";
import { type PlacedComment, Suppressions } from "./suppressions.ts";

/** Every line that has `--` holds a comment from there on. */
function commentsOf(source: string): PlacedComment[] {
  let start = 0;
  return source.split("\n").flatMap((content, line) => {
    const at = content.indexOf("--");
    const comment = { text: content.slice(at), start: start + at, line };
    start += content.length + 1;
    return at < 0 ? [] : [comment];
  });
}

/** The lines in which a code is suppressed. */
function linesOf(source: string, code: string): number[] {
  const suppressions = new Suppressions(commentsOf(source));
  return source.split("\n").flatMap((_, line) => (suppressions.isSuppressed(code, line) ? [line] : []));
}

describe("which lines a code is suppressed in", () => {
  test.for([
    { name: "from a line on", source: "a\n---@diagnostic disable: x\nb\nc", lines: [1, 2, 3] },
    { name: "another code", source: "---@diagnostic disable: y\nb", lines: [] },
    { name: "a list", source: "---@diagnostic disable: y , x\nb", lines: [0, 1] },
    { name: "all codes", source: "---@diagnostic disable\nb", lines: [0, 1] },
    {
      name: "until it is enabled",
      source: "---@diagnostic disable: x\nb\n---@diagnostic enable: x\nc",
      lines: [0, 1],
    },
    {
      name: "one of all enabled",
      source: "---@diagnostic disable\nb\n---@diagnostic enable: x\nc",
      lines: [0, 1],
    },
    { name: "all enabled", source: "---@diagnostic disable: x\nb\n---@diagnostic enable\nc", lines: [0, 1] },
    {
      name: "another enabled",
      source: "---@diagnostic disable: x\n---@diagnostic enable: y\nc",
      lines: [0, 1, 2],
    },
    {
      name: "disabled again",
      source: "---@diagnostic enable: x\n---@diagnostic disable: x\nc",
      lines: [1, 2],
    },
    { name: "the next line", source: "---@diagnostic disable-next-line: x\nb\nc", lines: [1] },
    {
      name: "stacked",
      source: "---@diagnostic disable-next-line: x\n---@diagnostic disable-next-line: y\nc\nd",
      lines: [2],
    },
    { name: "its own line", source: "a\nb ---@diagnostic disable-line: x\nc", lines: [1] },
    { name: "its own line, all", source: "a\nb --- @diagnostic disable-line\nc", lines: [1] },
    { name: "two dashes", source: "--@diagnostic disable: x\nb", lines: [] },
    { name: "another word", source: "---@diagnostics disable: x\nb", lines: [] },
  ])("$name", ({ source, lines }) => {
    expect(linesOf(source, "x")).toEqual(lines);
  });
});

test("suppressions without use are told, with their place", () => {
  const source =
    "---@diagnostic disable: x, y\n---@diagnostic disable-next-line\nc\n---@diagnostic enable: x";
  const suppressions = new Suppressions(commentsOf(source));
  suppressions.isSuppressed("x", 2);
  suppressions.isSuppressed("x", 0);
  expect(suppressions.unused().map(({ start, end }) => source.slice(start, end))).toEqual(["y"]);
});

test("codes that don't exist are told", () => {
  const source = "---@diagnostic disable: x, no-such\n---@diagnostic enable: other";
  const unknown = new Suppressions(commentsOf(source)).unknown(new Set(["x"]));
  expect(unknown.map(({ code, start, end }) => [code, source.slice(start, end)])).toEqual([
    ["no-such", "no-such"],
    ["other", "other"],
  ]);
});

test.for([
  ["---@diagnostic", "`@diagnostic` needs one of: disable, enable, disable-line, disable-next-line."],
  [
    "---@diagnostic disabel: x",
    "`@diagnostic` needs one of: disable, enable, disable-line, disable-next-line.",
  ],
  ["---@diagnostic disable:", "A code is missing after the colon."],
])("damaged: %s", ([source = "", message]) => {
  expect(new Suppressions(commentsOf(source)).problems).toEqual([{ start: 0, end: source.length, message }]);
});

test("many suppressions come to their end", () => {
  const lines = Array.from(
    { length: 20_000 },
    (_, line) => `x ---@diagnostic ${line % 2 ? "disable" : "enable"}: x`,
  );
  const stacked = "---@diagnostic disable-next-line: x\n".repeat(50_000);
  const source = `${lines.join("\n")}\n${stacked}`;
  expect(linesOf(source, "x")).toHaveLength(10_000 + 50_001);
});

test("any text is read without a throw", () => {
  const pieces = [
    "---",
    "@diagnostic",
    " ",
    "disable",
    "-line",
    "-next-line",
    "enable",
    ":",
    ",",
    "x",
    "é",
    "\t",
  ];
  let seed = 7;
  for (let round = 0; round < 2000; round++) {
    const text = Array.from({ length: 8 }, () => {
      seed = (seed * 48271) % 2147483647;
      return pieces[seed % pieces.length];
    }).join("");
    const suppressions = new Suppressions([{ text: `---@diagnostic${text}`, start: 3, line: 0 }]);
    for (const { start, end } of [...suppressions.unused(), ...suppressions.problems])
      expect(start).toBeLessThan(end);
  }
});
