import type { Random } from "./random.ts";

/** Damages a text; `others` are texts to take pieces from. */
export type Mutation = (text: string, random: Random, others: readonly string[]) => string;

/** Every way in which a text is damaged, by name. */
export const mutations: Readonly<Record<string, Mutation>> = {
  "cut off the end": (text, random) => text.slice(0, random.below(text.length + 1)),
  "cut off the start": (text, random) => text.slice(random.below(text.length + 1)),
  "flip characters": (text, random) =>
    repeated(1 + random.below(12), text, (current) => replaceAt(current, random, 1, oddCharacter(random))),
  "delete a range": (text, random) => replaceAt(text, random, random.below(80), ""),
  "double a range": (text, random) => {
    const piece = pieceOf(text, random, 300);
    return replaceAt(text, random, 0, piece + piece);
  },
  "splice in a piece of another": (text, random, others) =>
    replaceAt(text, random, random.below(200), pieceOf(random.pick(others), random, 600)),
  "join the halves of two": (text, random, others) => {
    const other = random.pick(others);
    return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
  },
  "insert tokens": (text, random) =>
    repeated(1 + random.below(6), text, (current) => replaceAt(current, random, 0, random.pick(tokens))),
  "replace by tokens": (text, random) =>
    repeated(1 + random.below(4), text, (current) =>
      replaceAt(current, random, 1 + random.below(10), random.pick(tokens)),
    ),
  "move lines": (text, random) => {
    const lines = text.split("\n");
    const moved = lines.splice(random.below(lines.length), 1 + random.below(8));
    lines.splice(random.below(lines.length + 1), 0, ...moved);
    return lines.join("\n");
  },
  "nest deeply": (text, random) => {
    const [opening, closing] = random.pick(brackets);
    const depth = 1 + random.below(random.chance(0.1) ? 3000 : 150);
    const closed = random.chance(0.5) ? closing.repeat(depth) : "";
    return replaceAt(text, random, 0, opening.repeat(depth) + closed);
  },
  "random characters": (text, random) =>
    replaceAt(text, random, random.below(40), characters(random, 1 + random.below(60))),
  "other line breaks": (text, random) =>
    text.replaceAll("\n", () => random.pick(["\r\n", "\r", "\n\r", "\n", "\u2028", "\n\n"])),
  "nothing but characters": (_text, random) => characters(random, random.below(400)),
  "nothing but tokens": (_text, random) =>
    Array.from({ length: random.below(200) }, () => random.pick(tokens)).join(random.pick(["", " ", "\n"])),
  "repeat a piece": (text, random) =>
    replaceAt(text, random, 0, pieceOf(text, random, 60).repeat(1 + random.below(200))),
};

/** A text with one to three damages. */
export function mutate(text: string, random: Random, others: readonly string[]): string {
  const kinds = Object.values(mutations);
  return repeated(1 + random.below(3), text, (current) => random.pick(kinds)(current, random, others));
}

const tokens: readonly string[] = [
  ..."{ } ( ) [ ] [[ ]] [==[ ]=] \" ' \\ -- --[[ --[==[ , ; : :: . .. ... = == ~= < > << // # ~ & | @ $ ` ? !".split(
    " ",
  ),
  ..." function end if then elseif else for in do while repeat until return break goto local nil true not and or ".split(
    /(?<= )/,
  ),
  ...'Agent { Tool { Procedure { Specification [[ Mocks { Toolset { Model { field. field.string{ require(" input. state. '.split(
    /(?<= )/,
  ),
  ..."0x 1e 0x1p- 3. .5 0b1 \\x \\u{ \\u{110000} \\z <const> <close> ---@param ---@type ---@class \n \r\n \t {input. }} Feature: Given".split(
    " ",
  ),
  ..."- : & * | > ! % --- ... <<: ? # [ {".split(" ").map((mark) => `\n${mark} `),
];

const brackets: ReadonlyArray<readonly [string, string]> = [
  ["{", "}"],
  ["(", ")"],
  ["[", "]"],
  ["f(", ")"],
  ["{a=", "}"],
  ["function() return ", " end "],
  ["if x then ", " end "],
  ["do ", " end "],
  ["not ", ""],
  ["-", ""],
  ["a.", ""],
  ["a..", ""],
  ["x = Agent { tools = { ", " } } "],
  ["[ ", " ]"],
];

function repeated(times: number, text: string, change: (text: string) => string): string {
  let current = text;
  for (let time = 0; time < times; time++) current = change(current);
  return current;
}

function replaceAt(text: string, random: Random, length: number, by: string): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + by + text.slice(at + length);
}

function pieceOf(text: string, random: Random, longest: number): string {
  const at = random.below(text.length + 1);
  return text.slice(at, at + random.below(longest));
}

/** Control characters, halves of surrogate pairs and marks that turn the direction of writing are all among them. */
function oddCharacter(random: Random): string {
  const ranges = [0x80, 0x100, 0x2100, 0x10000] as const;
  return String.fromCharCode(random.below(random.pick(ranges)));
}

function characters(random: Random, count: number): string {
  return Array.from({ length: count }, () =>
    random.chance(0.2) ? String.fromCodePoint(random.below(0x110000)) : oddCharacter(random),
  ).join("");
}
