/** Characters of a piece that give a secret away; fewer may be anybody's. */
const shortestPiece = 12;

/** Lines, also where the break is written as an escape; a cut may be marked by an ellipsis. */
const lines = /\\[nr]|[^\r\n\\…]{12,}/g;

/**
 * Knows the pieces of secrets that are left where a text was cut or wrapped: a beginning at the end of a line, an end at
 * its start, or a line that is a piece as a whole.
 */
export class SecretPieces {
  readonly #forms: readonly string[];
  /** Every run of `shortestPiece` characters in a form. */
  readonly #runs: ReadonlySet<string>;

  constructor(forms: readonly string[]) {
    this.#forms = forms;
    this.#runs = new Set(forms.flatMap(runsOf));
  }

  /** The text with `replacement` for each piece. */
  hide(text: string, replacement: string): string {
    if (this.#runs.size === 0 || text.length < shortestPiece) return text;
    return text.replace(lines, (line) => (line.startsWith("\\") ? line : this.#hideIn(line, replacement)));
  }

  #hideIn(line: string, replacement: string): string {
    const head = this.#headOf(line);
    if (head === line.length) return replacement;
    const tail = this.#tailOf(line);
    if (head === 0 && tail === 0) return line;
    const kept = line.slice(head, line.length - tail);
    return `${head > 0 ? replacement : ""}${kept}${tail > 0 ? replacement : ""}`;
  }

  /** Length of the longest start of the line that is the end of a form, or all of the line inside one. */
  #headOf(line: string): number {
    const start = line.slice(0, shortestPiece);
    if (!this.#runs.has(start)) return 0;
    return this.#longest(start, (form, at) => {
      let length = shortestPiece;
      while (length < line.length && at + length < form.length && line[length] === form[at + length])
        length++;
      return length === line.length || at + length === form.length ? length : 0;
    });
  }

  /** Length of the longest end of the line that is the start of a form. */
  #tailOf(line: string): number {
    const end = line.slice(-shortestPiece);
    if (!this.#runs.has(end)) return 0;
    return this.#longest(end, (form, at) => {
      const length = at + shortestPiece;
      return line.endsWith(form.slice(0, length)) ? length : 0;
    });
  }

  /** The largest measure over all places where a run stands in a form. */
  #longest(run: string, measure: (form: string, at: number) => number): number {
    let longest = 0;
    for (const form of this.#forms) {
      for (let at = form.indexOf(run); at !== -1; at = form.indexOf(run, at + 1))
        longest = Math.max(longest, measure(form, at));
    }
    return longest;
  }
}

function runsOf(form: string): string[] {
  const count = Math.max(0, form.length - shortestPiece + 1);
  return Array.from({ length: count }, (_, at) => form.slice(at, at + shortestPiece));
}
