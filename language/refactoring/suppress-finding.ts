import { indentAt, lineBreakOf, type TextChange } from "#language/refactoring/refactoring.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import { TokenKind, tokenEnd, tokenIndexAt } from "#language/syntax/tokens.ts";

/** Comments that keep a finding back in its line: right above it, or around the long text that the line is part of. */
export function suppressInLine(file: ProcedureFile, code: string, line: number): TextChange[] {
  const { tokens, text } = file.tree;
  const start = file.lines.lineStart(line);
  const index = tokenIndexAt(tokens, start);
  const kind = tokens.kinds[index];
  const tokenStart = tokens.starts[index] ?? 0;
  const isInText = (kind === TokenKind.longString || kind === TokenKind.blockComment) && tokenStart < start;
  const eol = lineBreakOf(text);
  if (!isInText) {
    const comment = `${indentAt(text, start)}---@diagnostic disable-next-line: ${code}${eol}`;
    return [{ start, end: start, text: comment }];
  }
  const first = text.lastIndexOf("\n", tokenStart - 1) + 1;
  const last = file.lines.lineStart(file.lines.positionAt(tokenEnd(tokens, index)).line + 1);
  const isLastLine = last >= text.length && !text.endsWith("\n");
  const indent = indentAt(text, first);
  const enable = `${indent}---@diagnostic enable: ${code}${eol}`;
  return [
    { start: first, end: first, text: `${indent}---@diagnostic disable: ${code}${eol}` },
    { start: last, end: last, text: isLastLine ? `${eol}${enable}` : enable },
  ];
}

/** A comment at the top that keeps all findings of a kind back. */
export function suppressInFile(file: ProcedureFile, code: string): TextChange[] {
  return [{ start: 0, end: 0, text: `---@diagnostic disable: ${code}${lineBreakOf(file.text)}` }];
}
