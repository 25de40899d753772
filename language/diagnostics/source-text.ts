import type { StatementContext } from "#language/diagnostics/rule.ts";
import { type TokenBuffer, TokenKind, tokenIndexAt, tokenText } from "#language/syntax/tokens.ts";
import type { Span, StringExpression } from "#language/syntax/tree.ts";

type Around = Pick<StatementContext, "file" | "model">;

/** The text of a statement, with the white space and comments before it. */
export function statementText({ file, model }: Around): string {
  return file.text.slice(model.offset, model.offset + model.top.length);
}

/** A part of a statement as it is written. */
export function writtenText({ file, model }: Around, { start, end }: Span): string {
  return file.text.slice(model.offset + start, model.offset + end);
}

/**
 * A string as it is written between its quotes, when every place in it is a place in its value too: it has no escapes.
 * Undefined when it has some.
 */
export function plainContent(around: Around, text: StringExpression): string | undefined {
  const written = writtenText(around, text.content);
  return written.length === text.value.length || text.isLong ? written : undefined;
}

/** A token of a statement; the span is relative to it. */
export interface StatementToken extends Span {
  readonly kind: number;
  readonly text: string;
}

/** The tokens of a statement, those of white space left out. */
export function statementTokens({ file, model }: Around): StatementToken[] {
  const tokens: TokenBuffer = file.tree.tokens;
  const end = model.offset + model.top.length;
  const found: StatementToken[] = [];
  for (let index = tokenIndexAt(tokens, model.offset); index < tokens.count; index++) {
    const start = tokens.starts[index] ?? end;
    if (start >= end) break;
    const kind = tokens.kinds[index] ?? TokenKind.endOfFile;
    if (kind === TokenKind.whiteSpace) continue;
    const text = tokenText(tokens, index);
    found.push({ kind, text, start: start - model.offset, end: start - model.offset + text.length });
  }
  return found;
}
