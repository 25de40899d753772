import { splitsLineBreak } from "#language/syntax/characters.ts";
import type { Span } from "#language/syntax/tree.ts";

/** A change of a text; offsets in the text before it. */
export interface TextChange extends Span {
  readonly text: string;
}

/**
 * The result of formatting: parts of the source, unchanged and in order, with new text between them. So it is the whole
 * text and the list of changes at once.
 */
export class FormattedText {
  readonly #source: string;
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #before: string[] = [];
  /** Numbers of the parts that begin a gap: tokens, not the comments between them. */
  readonly #isToken: boolean[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  /** How many parts there are. */
  get length(): number {
    return this.#starts.length;
  }

  /** Adds a part of the source behind new text; gives its number. */
  add(part: Span, before: string, isToken: boolean): number {
    this.#starts.push(part.start);
    this.#ends.push(part.end);
    this.#isToken.push(isToken);
    return this.#before.push(before) - 1;
  }

  /** Replaces the new text before a part. */
  rewrite(part: number, change: (before: string) => string): void {
    this.#before[part] = change(this.#before[part] ?? "");
  }

  toString(endOfLine: string): string {
    let text = "";
    for (const [part, before] of this.#before.entries())
      text += withEndOfLine(before, endOfLine) + this.#source.slice(this.#starts[part], this.#ends[part]);
    return text;
  }

  /** The least changes; each one alone leaves the meaning of the text as it is. */
  changes(endOfLine: string): TextChange[] {
    const changes: TextChange[] = [];
    for (let part = 0; part < this.length; part++) {
      let last = part;
      while (!this.#isToken[last] && last + 1 < this.length) last++;
      if (this.#movesSeparator(part, last)) changes.push(...this.#change(part, last, endOfLine));
      else
        for (let piece = part; piece <= last; piece++) changes.push(...this.#change(piece, piece, endOfLine));
      part = last;
    }
    return changes;
  }

  /** A comma that changes its side of a comment must do so at once. */
  #movesSeparator(first: number, last: number): boolean {
    if (first === last) return false;
    for (let part = first; part <= last; part++) {
      const { start, end } = this.#between(part);
      if (visible(this.#source.slice(start, end)) !== visible(this.#before[part] ?? "")) return true;
    }
    return false;
  }

  /** What stood before a part in the source. */
  #between(part: number): Span {
    return { start: part === 0 ? 0 : (this.#ends[part - 1] ?? 0), end: this.#starts[part] ?? 0 };
  }

  #change(first: number, last: number, endOfLine: string): TextChange[] {
    const { start } = this.#between(first);
    const { end } = this.#between(last);
    let text = withEndOfLine(this.#before[first] ?? "", endOfLine);
    for (let part = first; part < last; part++) {
      text += this.#source.slice(this.#starts[part], this.#ends[part]);
      text += withEndOfLine(this.#before[part + 1] ?? "", endOfLine);
    }
    return leastChange(this.#source, start, end, text);
  }
}

function withEndOfLine(text: string, endOfLine: string): string {
  return endOfLine === "\n" ? text : text.replaceAll("\n", endOfLine);
}

function visible(text: string): string {
  return text.replaceAll(/\s/g, "");
}

/** Without what is equal at both ends; a line break of two characters stays whole. */
function leastChange(source: string, start: number, end: number, text: string): TextChange[] {
  let first = start;
  let from = 0;
  while (first < end && from < text.length && source[first] === text[from]) {
    first++;
    from++;
  }
  let last = end;
  let to = text.length;
  while (last > first && to > from && source[last - 1] === text[to - 1]) {
    last--;
    to--;
  }
  if (first > start && splitsLineBreak(source, first)) {
    first--;
    from--;
  }
  if (last < end && splitsLineBreak(source, last)) {
    last++;
    to++;
  }
  return first === last && from === to ? [] : [{ start: first, end: last, text: text.slice(from, to) }];
}
