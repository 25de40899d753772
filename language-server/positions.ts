import type { Position, Range } from "vscode-languageserver";
import type { LineIndex } from "#language/syntax/line-index.ts";
import type { Span } from "#language/syntax/tree.ts";

/** What the columns of positions count, as the protocol names it. */
export type PositionEncoding = "utf-8" | "utf-16" | "utf-32";

/** Turns offsets of one version of a text into positions of the protocol, in the encoding that the client chose. */
export class Positions {
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #encoding: PositionEncoding;

  constructor(text: string, lines: LineIndex, encoding: PositionEncoding) {
    this.#text = text;
    this.#lines = lines;
    this.#encoding = encoding;
  }

  positionAt(offset: number): Position {
    const position = this.#lines.positionAt(offset);
    if (this.#encoding === "utf-16") return position;
    const start = this.#lines.lineStart(position.line);
    const end = start + position.character;
    let character = 0;
    for (let at = start; at < end; ) {
      const code = this.#text.codePointAt(at) ?? 0;
      character += this.#units(code);
      at += letterLength(code);
    }
    return { line: position.line, character };
  }

  /** The offset of a position. What is behind the end of a line counts as its end, before the line break. */
  offsetAt({ line, character }: Position): number {
    const start = this.#lines.offsetAt({ line, character: 0 });
    let end = this.#lines.lineStart(line + 1);
    while (end > start && isLineBreak(this.#text.charCodeAt(end - 1))) end--;
    if (this.#encoding === "utf-16") return Math.min(start + Math.max(0, character), end);
    let offset = start;
    for (let units = 0; offset < end && units < character; ) {
      const code = this.#text.codePointAt(offset) ?? 0;
      units += this.#units(code);
      offset += letterLength(code);
    }
    return Math.min(offset, end);
  }

  /** The range of a span; `base` is where the statement begins that the span is relative to. */
  range({ start, end }: Span, base = 0): Range {
    return { start: this.positionAt(base + start), end: this.positionAt(base + end) };
  }

  /** A range in UTF-16 units, as findings have them, in the client's encoding. */
  convert(range: Range): Range {
    if (this.#encoding === "utf-16") return range;
    return this.range({ start: this.#lines.offsetAt(range.start), end: this.#lines.offsetAt(range.end) });
  }

  /** How much a letter counts. Half of a surrogate pair is sent as a replacement character, three bytes long. */
  #units(code: number): number {
    if (this.#encoding === "utf-32") return 1;
    if (code < 0x80) return 1;
    if (code < 0x800) return 2;
    return code < 0x10000 ? 3 : 4;
  }
}

function letterLength(code: number): 1 | 2 {
  return code > 0xffff ? 2 : 1;
}

function isLineBreak(code: number): boolean {
  return code === 10 || code === 13;
}
