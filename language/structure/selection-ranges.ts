import { TokenKind, tokenEnd, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { Node, SourceTree, Span } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/** What "expand selection" takes at an offset: from the word to the whole file, each span holding the one before. */
export function selectionRanges(tree: SourceTree, offset: number): Span[] {
  const { path, base } = nodePathAt(tree, offset);
  const spans: Span[] = [...wordsAt(tree, offset)];
  for (const node of path.toReversed()) for (const span of spansOf(node)) spans.push(moved(span, base));
  spans.push(...commentSpans(tree, offset), { start: 0, end: tree.text.length });
  return growing(spans.filter(({ start, end }) => start <= offset && offset <= end));
}

/** A node, after the parts of it that one selects first. */
function spansOf(node: Node): Span[] {
  switch (node.kind) {
    case "StringExpression":
      return [node.content, node];
    case "TableExpression":
      return [inside(node), node];
    case "ParenthesizedExpression":
      return [inside(node), node];
    case "CallExpression":
    case "MethodCall":
      return node.form === "parentheses" ? [inside(node.argumentList), node.argumentList, node] : [node];
    case "FunctionBody":
      return [inside(node.parameterList), node.parameterList, node];
    default:
      return [node];
  }
}

/** Without the brackets. */
function inside({ start, end }: Span): Span {
  return { start: start + 1, end: Math.max(start + 1, end - 1) };
}

/** In texts and comments: the word, then the line. */
function wordsAt({ text, tokens }: SourceTree, offset: number): Span[] {
  const token = tokenIndexAt(tokens, offset);
  const start = tokens.starts[token] ?? 0;
  const kind = tokens.kinds[token] ?? TokenKind.endOfFile;
  if (!texts.has(kind) || start === offset) return [];
  const end = tokenEnd(tokens, token);
  const before = /[\p{L}\p{N}_]*$/u.exec(text.slice(Math.max(start, offset - 200), offset))?.[0] ?? "";
  const behind = /^[\p{L}\p{N}_]*/u.exec(text.slice(offset, Math.min(end, offset + 200)))?.[0] ?? "";
  const word = { start: offset - before.length, end: offset + behind.length };
  const line = lineInside(text, offset, { start, end });
  return kind === TokenKind.longString || kind === TokenKind.blockComment ? [word, line] : [word];
}

/** The line without the blanks around it, as far as it is inside a span. */
function lineInside(text: string, offset: number, { start, end }: Span): Span {
  let first = offset;
  while (first > start && !isBreak(text, first - 1)) first--;
  let last = offset;
  while (last < end && !isBreak(text, last)) last++;
  while (first < last && isBlank(text, first)) first++;
  while (last > first && isBlank(text, last - 1)) last--;
  return { start: first, end: last };
}

/** The comment, and the comments on the lines around it. */
function commentSpans({ tokens }: SourceTree, offset: number): Span[] {
  let token = tokenIndexAt(tokens, offset);
  if (!isComment(tokens.kinds[token]) && (tokens.starts[token] ?? 0) === offset) token--;
  if (!isComment(tokens.kinds[token])) return [];
  let first = token;
  while (
    isComment(tokens.kinds[first - 2]) &&
    isOneBreak(tokens.text, tokens.starts[first - 1], tokens.starts[first])
  )
    first -= 2;
  let last = token;
  while (
    isComment(tokens.kinds[last + 2]) &&
    isOneBreak(tokens.text, tokens.starts[last + 1], tokens.starts[last + 2])
  )
    last += 2;
  const start = tokens.starts[token] ?? 0;
  return [
    { start, end: tokenEnd(tokens, token) },
    { start: tokens.starts[first] ?? 0, end: tokenEnd(tokens, last) },
  ];
}

function isOneBreak(text: string, start: number | undefined, end: number | undefined): boolean {
  return /^[ \t]*(\r\n|\n|\r)[ \t]*$/.test(text.slice(start, end));
}

/** Only those that hold more than the one before. */
function growing(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    if (!last) kept.push({ start: span.start, end: span.end });
    else if (
      span.start <= last.start &&
      span.end >= last.end &&
      span.end - span.start > last.end - last.start
    )
      kept.push({ start: span.start, end: span.end });
  }
  return kept;
}

function moved({ start, end }: Span, base: number): Span {
  return { start: start + base, end: end + base };
}

function isComment(kind: number | undefined): boolean {
  return kind === TokenKind.lineComment || kind === TokenKind.blockComment;
}

function isBreak(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === 10 || code === 13;
}

function isBlank(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === 32 || code === 9;
}

const texts: ReadonlySet<number> = new Set([
  TokenKind.shortString,
  TokenKind.longString,
  TokenKind.lineComment,
  TokenKind.blockComment,
]);
