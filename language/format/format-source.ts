import { tokenIndexAt } from "#language/syntax/tokens.ts";
import type { SourceTree, Span, TopStatement } from "#language/syntax/tree.ts";
import { isDeclaration } from "./declaration.ts";
import type { FormatOptions } from "./format-options.ts";
import { FormattedText, type TextChange } from "./formatted-text.ts";
import { Layout } from "./layout.ts";
import { Printer } from "./printer.ts";
import { type PreviousStatement, StatementLayout } from "./statement-layout.ts";

/*
 * How it works. The tree is walked once and says of each gap between two tokens how the line may break there, and which
 * group of tokens decides it (`Layout`). The printer then goes over the tokens and fills the gaps; a group that does not
 * fit on its line is broken, as in Wadler's "prettier printer". Working on gaps, and not on a document that is built
 * from the tree, has three gains: comments need no attachment to nodes, since they stay in their gap; no token can be
 * lost or altered, since only gaps are written; and the changes for an editor are the gaps that differ.
 *
 * A statement with a syntax error stays byte for byte as it is. What the author decided stays: tables on several lines,
 * short blocks on one line, the side of an operator on which a line breaks.
 */

/** The formatted text of a file. */
export function formatSource(tree: SourceTree, options: FormatOptions): string {
  return format(tree, options).toString(endOfLineOf(tree.text, options));
}

/** What formatting changes, as the least changes; only those on the lines of `range`, if one is given. */
export function formatEdits(tree: SourceTree, options: FormatOptions, range?: Span): TextChange[] {
  const changes = format(tree, options).changes(endOfLineOf(tree.text, options));
  if (!range) return changes;
  const { start, end } = wholeLines(tree.text, range);
  return changes.filter((change) => change.start <= end && change.end >= start);
}

function format(tree: SourceTree, options: FormatOptions): FormattedText {
  const layout = new Layout(tree.tokens);
  const output = new FormattedText(tree.text);
  const printer = new Printer(layout, options, output);
  const parts = partsOf(tree);
  layOut(layout, parts);
  let previous: Printed | undefined;
  for (const part of parts) {
    if (part.isVerbatim) {
      printer.verbatim(part.start, part.end, part.last);
      previous = undefined;
    } else if (part.node.kind !== "EndOfFile" && layout.dropped[part.first] !== 1)
      previous = print(printer, output, part, previous);
  }
  if (!parts.at(-1)?.isVerbatim) printer.outermostGap(tree.tokens.count - 1, false);
  printer.finish();
  return output;
}

/** An outermost statement. */
interface Part extends Span {
  readonly node: TopStatement["node"];
  /** Its first and last token, without the white space and comments before it. */
  readonly first: number;
  readonly last: number;
  /** It stays as it is. */
  readonly isVerbatim: boolean;
}

/** What was printed of the statement before: a declaration of several lines has blank lines around it. */
interface Printed {
  readonly isDeclaration: boolean;
  readonly isLong: boolean;
}

function print(printer: Printer, output: FormattedText, part: Part, previous?: Printed): Printed {
  const declares = part.node.kind !== "EndOfFile" && isDeclaration(part.node);
  const place = printer.outermostGap(part.first, declares || previous?.isDeclaration === true);
  const { line } = printer;
  printer.statement(part.first, part.last);
  const isLong = declares && printer.line > line;
  if (place !== undefined && previous && (isLong || previous.isLong))
    output.rewrite(place, (before) => before.replace("\n", "\n\n"));
  return { isDeclaration: declares, isLong };
}

function layOut(layout: Layout, parts: readonly Part[]): void {
  const statements = new StatementLayout(layout);
  let previous: PreviousStatement | undefined;
  for (const { node, start, first, last, isVerbatim } of parts) {
    if (isVerbatim || node.kind === "EndOfFile") previous = undefined;
    else if (node.kind === "EmptyStatement") statements.dropSemicolon(first, previous);
    else {
      layout.base = start;
      statements.statement(node);
      previous = { node, last };
    }
  }
}

/**
 * The statements of a file. In a damaged file also those are left alone that stand where only the damage may have put
 * them: not at the start of a line, or indented.
 */
function partsOf({ text, tokens, statements, offsets }: SourceTree): Part[] {
  const isDamaged = statements.some(({ problems }) => problems.length > 0);
  const parts = statements.map((statement, index): Part => {
    const start = offsets[index] ?? 0;
    const { node, length, problems } = statement;
    const first = tokenIndexAt(tokens, start + node.start);
    const isAtMargin = start + node.start === 0 || /[\n\r]/.test(text.charAt(start + node.start - 1));
    const isSafe = problems.length === 0 && (!isDamaged || isAtMargin || node.kind === "EndOfFile");
    const last = tokenIndexAt(tokens, start + node.end - 1);
    return { node, start, end: start + length, first, last, isVerbatim: !isSafe };
  });
  return parts.map((part, index) => {
    const isBesideDamage = parts[index - 1]?.isVerbatim === true || parts[index + 1]?.isVerbatim === true;
    // A semicolon may belong to the damage, and a text without its end goes on to the end of the file.
    const isDoubtful = part.node.kind === "EmptyStatement" || part.node.kind === "EndOfFile";
    return isDoubtful && isBesideDamage ? { ...part, isVerbatim: true } : part;
  });
}

function endOfLineOf(text: string, { endOfLine }: FormatOptions): string {
  if (endOfLine !== "auto") return endOfLine === "lf" ? "\n" : "\r\n";
  return /\r\n|\n|\r/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n";
}

function wholeLines(text: string, { start, end }: Span): Span {
  const before = text.lastIndexOf("\n", start - 1);
  const after = text.indexOf("\n", end);
  return { start: before + 1, end: after < 0 ? text.length : after };
}
