import { isTrivia, TokenKind, tokenText } from "#language/syntax/tokens.ts";
import type { SourceTree } from "#language/syntax/tree.ts";

/**
 * Whether two texts differ in their layout only: the same tree but for positions and lone semicolons, and the same
 * comments in the same order. Damaged texts are compared too: their statements stay as they are.
 */
export function sameMeaning(first: SourceTree, second: SourceTree): boolean {
  const nodes = (tree: SourceTree): unknown => tree.statements.map(({ node }) => node);
  return sameValues(nodes(first), nodes(second)) && sameValues(commentsOf(first), commentsOf(second));
}

/** Compares without recursion: a sum of a thousand operands is a thousand nodes deep. */
function sameValues(first: unknown, second: unknown): boolean {
  const pairs: Array<readonly [unknown, unknown]> = [[first, second]];
  for (let pair = pairs.pop(); pair; pair = pairs.pop()) {
    const parts = partsOf(...pair);
    if (!parts) return false;
    pairs.push(...parts);
  }
  return true;
}

/** What must be equal for two values to be equal; undefined when they differ. */
function partsOf(first: unknown, second: unknown): Array<readonly [unknown, unknown]> | undefined {
  if (Array.isArray(first) && Array.isArray(second))
    return pairsOf(first.filter(isPrinted), second.filter(isPrinted));
  if (!isObject(first) || !isObject(second)) return Object.is(first, second) ? [] : undefined;
  const keys = contentKeys(first);
  return keys.join() === contentKeys(second).join()
    ? keys.map((key) => [first[key], second[key]])
    : undefined;
}

function pairsOf(
  first: readonly unknown[],
  second: readonly unknown[],
): Array<readonly [unknown, unknown]> | undefined {
  return first.length === second.length ? first.map((value, index) => [value, second[index]]) : undefined;
}

function contentKeys(value: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(value).filter((key) => key !== "start" && key !== "end");
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPrinted(value: unknown): boolean {
  return !isObject(value) || value["kind"] !== "EmptyStatement";
}

function commentsOf(tree: SourceTree): string[] {
  const comments: string[] = [];
  for (let token = 0; token < tree.tokens.count; token++) {
    const kind = tree.tokens.kinds[token] ?? TokenKind.endOfFile;
    if (isTrivia(kind) && kind !== TokenKind.whiteSpace)
      comments.push(tokenText(tree.tokens, token).trimEnd());
  }
  return comments;
}
