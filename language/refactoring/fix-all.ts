import type { TextPosition, TextRange } from "#common/text-position.ts";
import type { Diagnostic, FixEdit } from "#language/diagnostics/diagnostic.ts";

/** The edits of every fix that can't change what a correct file means, in text order. Of fixes that overlap, the first is taken. */
export function safeEdits(diagnostics: readonly Diagnostic[]): FixEdit[] {
  const taken = new TakenEdits();
  for (const { fixes = [] } of diagnostics) {
    const edits = fixes.find(({ isSafe }) => isSafe)?.edits ?? [];
    if (!edits.some((edit) => taken.overlaps(edit))) for (const edit of edits) taken.add(edit);
  }
  return taken.all.sort((one, other) => compare(one.range.start, other.range.start));
}

/** Edits by their lines, so that each is compared with few others. */
class TakenEdits {
  readonly all: FixEdit[] = [];
  readonly #byLine = new Map<number, FixEdit[]>();

  add(edit: FixEdit): void {
    this.all.push(edit);
    for (const line of linesOf(edit.range)) this.#byLine.set(line, [...(this.#byLine.get(line) ?? []), edit]);
  }

  /** Two edits of one place would undo each other; insertions at the same place are two too. */
  overlaps({ range }: FixEdit): boolean {
    for (const line of linesOf(range))
      for (const { range: other } of this.#byLine.get(line) ?? []) {
        if (compare(range.start, other.start) === 0) return true;
        if (compare(range.start, other.end) < 0 && compare(other.start, range.end) < 0) return true;
      }
    return false;
  }
}

function* linesOf({ start, end }: TextRange): Generator<number> {
  for (let line = start.line; line <= end.line; line++) yield line;
}

function compare(one: TextPosition, other: TextPosition): number {
  return one.line - other.line || one.character - other.character;
}
