/** The lines of a text as the Gherkin parser counts them (from 1, broken at `\n` and `\r\n`), and where they are. */
export class LineMap {
  readonly #lines: readonly string[];
  readonly #starts: readonly number[];

  constructor(text: string) {
    const lines: string[] = [];
    const starts: number[] = [];
    let start = 0;
    while (start <= text.length) {
      const lineFeed = text.indexOf("\n", start);
      const end = lineFeed < 0 ? text.length : lineFeed;
      const hasReturn = lineFeed >= 0 && text[end - 1] === "\r";
      lines.push(text.slice(start, hasReturn && end > start ? end - 1 : end));
      starts.push(start);
      start = end + 1;
    }
    this.#lines = lines;
    this.#starts = starts;
  }

  get count(): number {
    return this.#lines.length;
  }

  /** The text of a line, without its break; empty for a line that does not exist. */
  textOf(line: number): string {
    return this.#lines[line - 1] ?? "";
  }

  startOf(line: number): number {
    return this.#starts[line - 1] ?? 0;
  }

  /** Offset of the first character that is no blank; the start of an empty line. */
  contentStartOf(line: number): number {
    const text = this.textOf(line);
    const content = text.trimStart();
    return this.startOf(line) + (content === "" ? 0 : text.length - content.length);
  }

  /** Offset behind the last character that is no blank. */
  contentEndOf(line: number): number {
    return this.startOf(line) + this.textOf(line).trimEnd().length;
  }

  /** Offset of a column, which the parser counts from 1 in code points. */
  offsetOf(line: number, column: number): number {
    const text = this.textOf(line);
    let offset = 0;
    for (let passed = 1; passed < column && offset < text.length; passed++)
      offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
    return this.startOf(line) + offset;
  }
}
