import type { FormattedText } from "./formatted-text.ts";

interface TrailingComment {
  /** Number of its part in the output. */
  readonly part: number;
  readonly line: number;
  readonly column: number;
  readonly sourceColumn: number;
  /** Blanks before it in the source. */
  readonly padding: number;
}

/** Comments behind code on their line; those of neighbouring lines that their author aligned stay aligned. */
export class TrailingComments {
  readonly #source: string;
  #run: TrailingComment[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  /** Notes a comment that starts at `start` in the source and at `column` of `line` in the output. */
  add(output: FormattedText, { part, start, line, column }: AddedComment): void {
    const lineStart = lineStartOf(this.#source, start);
    const sourceColumn = start - lineStart;
    const padding = sourceColumn - this.#source.slice(lineStart, start).trimEnd().length;
    const last = this.#run.at(-1);
    if (last && (last.line !== line - 1 || last.sourceColumn !== sourceColumn)) this.align(output);
    this.#run.push({ part, line, column, sourceColumn, padding });
  }

  /** Moves the comments of the run to one column, unless they stood in one by chance: none needed more blanks. */
  align(output: FormattedText): void {
    const [first] = this.#run;
    const isChance = this.#run.every(({ padding }) => padding === first?.padding);
    const target = this.#run.reduce((most, { column }) => Math.max(most, column), 0);
    for (const { part, column } of this.#run)
      if (column < target && !isChance)
        output.rewrite(part, (before) => before + " ".repeat(target - column));
    this.#run = [];
  }
}

interface AddedComment {
  readonly part: number;
  readonly start: number;
  readonly line: number;
  readonly column: number;
}

function lineStartOf(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text.charCodeAt(start - 1) !== 10 && text.charCodeAt(start - 1) !== 13) start--;
  return start;
}
