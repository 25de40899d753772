import type { TextPosition } from "#common/text-position.ts";

const lineFeed = 10;
const carriageReturn = 13;

/** Turns offsets of a text into positions as editors count them, and back. Lines end as in LSP: `\n`, `\r\n` or `\r`. */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(text: string) {
    this.#starts = lineStarts(text);
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Where a line begins; the end of the text for lines behind the last one. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  /** The position of an offset; offsets outside the text count as its borders. */
  positionAt(offset: number): TextPosition {
    const inside = Math.max(0, Math.min(offset, this.#length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: inside - (this.#starts[low] ?? 0) };
  }

  /** The offset of a position; characters behind the end of a line count as its end, line break included. */
  offsetAt({ line, character }: TextPosition): number {
    if (line < 0) return 0;
    if (line >= this.#starts.length) return this.#length;
    const start = this.lineStart(line);
    return Math.min(start + Math.max(0, character), this.lineStart(line + 1));
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === carriageReturn && text.charCodeAt(offset + 1) === lineFeed) offset++;
    if (code === lineFeed || code === carriageReturn) starts.push(offset + 1);
  }
  return starts;
}
