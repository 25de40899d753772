import { type Position, PositionEncodingKind, type Range } from "vscode-languageserver";
import type { LineIndex } from "#language/syntax/line-index.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Turns offsets of one version of a text into positions of the protocol, in the encoding that the client chose. */
export class Positions {
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #encoding: PositionEncodingKind;

  constructor(text: string, lines: LineIndex, encoding: PositionEncodingKind) {
    this.#text = text;
    this.#lines = lines;
    this.#encoding = encoding;
  }

  positionAt(offset: number): Position {
    const position = this.#lines.positionAt(offset);
    if (this.#encoding === PositionEncodingKind.UTF16) return position;
    const start = this.#lines.lineStart(position.line);
    return { line: position.line, character: this.#units(this.#text.slice(start, offset)) };
  }

  offsetAt({ line, character }: Position): number {
    if (this.#encoding === PositionEncodingKind.UTF16) return this.#lines.offsetAt({ line, character });
    const start = this.#lines.lineStart(line);
    const end = this.#lines.lineStart(line + 1);
    let units = 0;
    let offset = start;
    while (offset < end && units < character) {
      const letter = String.fromCodePoint(this.#text.codePointAt(offset) ?? 0);
      units += this.#units(letter);
      offset += letter.length;
    }
    return offset;
  }

  /** The range of a span; `base` is where the statement begins that the span is relative to. */
  range({ start, end }: Span, base = 0): Range {
    return { start: this.positionAt(base + start), end: this.positionAt(base + end) };
  }

  /** A range in UTF-16 units, as findings have them, in the client's encoding. */
  convert(range: Range): Range {
    if (this.#encoding === PositionEncodingKind.UTF16) return range;
    return this.range({ start: this.#lines.offsetAt(range.start), end: this.#lines.offsetAt(range.end) });
  }

  #units(text: string): number {
    if (this.#encoding === PositionEncodingKind.UTF32) return [...text].length;
    return new TextEncoder().encode(text).length;
  }
}
