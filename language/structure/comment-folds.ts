import { TokenKind, tokenEnd, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { SourceTree } from "#language/syntax/tree.ts";
import type { Fold } from "./fold.ts";
import type { StatementPlace } from "./statement-cache.ts";

/** A `--#region` or `--#endregion`. */
export interface RegionMarker {
  readonly offset: number;
  readonly opens: boolean;
}

/** What folds by the comments in and before a statement: long ones, and runs of lines. */
export function commentFolds({ tokens }: SourceTree, { statement, base }: StatementPlace): CommentFolds {
  // A comment behind the statement before stands on its line, and is no part of a run.
  const reader = new CommentReader(base === 0);
  const end = base + statement.length;
  for (let token = tokenIndexAt(tokens, base); token < tokens.count; token++) {
    const start = tokens.starts[token] ?? 0;
    if (start >= end) break;
    reader.read(tokens.kinds[token] ?? 0, tokens.text.slice(start, tokenEnd(tokens, token)), start - base);
  }
  return reader.finish();
}

interface CommentFolds {
  readonly folds: readonly Fold[];
  readonly regions: readonly RegionMarker[];
}

class CommentReader {
  readonly #folds: Fold[] = [];
  readonly #regions: RegionMarker[] = [];
  #isLineStart: boolean;
  /** Comments on lines below each other; empty when `#runStart` is below 0. */
  #runStart = -1;
  #runEnd = -1;

  constructor(isLineStart: boolean) {
    this.#isLineStart = isLineStart;
  }

  read(kind: number, text: string, start: number): void {
    if (kind === TokenKind.whiteSpace) {
      this.#whiteSpace(text);
      return;
    }
    if (kind === TokenKind.lineComment) this.#lineComment(text, start);
    else this.#endRun();
    if (kind === TokenKind.blockComment) this.#blockComment(text, start);
    this.#isLineStart = false;
  }

  finish(): CommentFolds {
    this.#endRun();
    return { folds: this.#folds, regions: this.#regions };
  }

  #whiteSpace(text: string): void {
    const breaks = countBreaks(text);
    if (breaks > 0) this.#isLineStart = true;
    if (breaks > 1) this.#endRun();
  }

  #lineComment(text: string, start: number): void {
    const marker = /^--+\s*#?(end)?region\b/.exec(text);
    if (marker) this.#regions.push({ offset: start, opens: marker[1] === undefined });
    if (marker || !this.#isLineStart) this.#endRun();
    else {
      if (this.#runStart < 0) this.#runStart = start;
      this.#runEnd = start + text.length;
    }
  }

  #blockComment(text: string, start: number): void {
    const bracket = /\]=*\]$/.exec(text);
    const end = start + (bracket?.index ?? text.length);
    this.#folds.push({ start, end, hasCloser: bracket !== null, kind: "comment" });
  }

  #endRun(): void {
    if (this.#runStart >= 0)
      this.#folds.push({ start: this.#runStart, end: this.#runEnd, hasCloser: false, kind: "comment" });
    this.#runStart = -1;
  }
}

function countBreaks(text: string): number {
  return text.match(/\r\n|\n|\r/g)?.length ?? 0;
}
