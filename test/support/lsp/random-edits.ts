import type { Position } from "vscode-languageserver";

export type Encoding = "utf-8" | "utf-16" | "utf-32";

/** Whole numbers below a limit, the same in every run with the same seed. */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
}

/** A part of a text that is replaced. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Replaces a random part, a short one mostly. Letters and line breaks of two code units are never torn apart. */
export function randomReplacement(
  text: string,
  pieces: readonly string[],
  random: (limit: number) => number,
): Replacement {
  const start = betweenLetters(text, random(text.length + 1));
  const length = [0, 0, 1, 3, 40][random(5)] ?? 0;
  const end = betweenLetters(text, Math.min(text.length, start + length));
  return { start, end, text: random(4) === 0 ? "" : (pieces[random(pieces.length)] ?? "") };
}

/** The position of an offset, counted afresh. */
export function positionOf(text: string, offset: number, encoding: Encoding): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length - 1, character: unitsOf(lines.at(-1) ?? "", encoding) };
}

export function unitsOf(text: string, encoding: Encoding): number {
  if (encoding === "utf-16") return text.length;
  return encoding === "utf-8" ? Buffer.byteLength(text) : [...text].length;
}

function betweenLetters(text: string, offset: number): number {
  const isTorn =
    /[\ud800-\udbff]/.test(text[offset - 1] ?? "") || (text[offset - 1] === "\r" && text[offset] === "\n");
  return isTorn ? offset + 1 : offset;
}
