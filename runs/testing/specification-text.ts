import { LineIndex } from "#language/syntax/line-index.ts";
import type { DeclaredText } from "#protocol/wire/cases.ts";

/** Gives the line (from 1) in the file that a text comes from, for an offset in the text. */
export function lineFinder(declared: DeclaredText, source: string): (offset: number) => number {
  const lines = new LineIndex(declared.text);
  const before = declared.file === undefined ? linesBefore(declared, source) : 0;
  return (offset) => before + lines.positionAt(offset).line + 1;
}

/** How many lines stand before the text: where it is written out, else where it is declared. */
function linesBefore({ text, at }: DeclaredText, source: string): number {
  const place = source.replaceAll("\r\n", "\n").indexOf(text);
  if (place === -1) return (at?.line ?? 1) - 1;
  return source.replaceAll("\r\n", "\n").slice(0, place).split("\n").length - 1;
}
