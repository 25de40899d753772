import type { TextPosition } from "#common/text-position.ts";
import { carriageReturn, isLineBreak, lineFeed, splitsLineBreak } from "#language/syntax/characters.ts";

/**
 * Turns offsets of a text into positions as editors count them, in UTF-16 units, and back. Lines end as in LSP: `\n`,
 * `\r\n` or `\r`.
 */
export class LineIndex {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = lineStarts(text);
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  /** Where a line begins; the end of the text for lines behind the last one. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#text.length;
  }

  /** The position of an offset; offsets outside the text count as its borders, one inside of a line break as before it. */
  positionAt(offset: number): TextPosition {
    const inside = this.#beforeBreak(Math.max(0, Math.min(offset, this.#text.length)));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] ?? 0) <= inside) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: inside - (this.#starts[low] ?? 0) };
  }

  /** The offset of a position; characters behind the end of a line count as its end, before the line break. */
  offsetAt({ line, character }: TextPosition): number {
    if (line < 0) return 0;
    const start = this.lineStart(line);
    const offset = start + Math.max(0, character);
    let end = this.lineStart(line + 1);
    if (offset < end) return this.#beforeBreak(offset);
    while (end > start && isLineBreak(this.#text.charCodeAt(end - 1))) end--;
    return Math.min(offset, end);
  }

  #beforeBreak(offset: number): number {
    return splitsLineBreak(this.#text, offset) ? offset - 1 : offset;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (!isLineBreak(code)) continue;
    if (code === carriageReturn && text.charCodeAt(offset + 1) === lineFeed) offset++;
    starts.push(offset + 1);
  }
  return starts;
}
