import { isTrivia, TokenKind, tokenEnd, tokenIndexAt } from "#language/syntax/tokens.ts";
import type { Expression, IfStatement, Node, SourceTree, Span } from "#language/syntax/tree.ts";
import { nodePathAt } from "#language/syntax/walk.ts";

/**
 * The words that belong together at an offset, in text order: `function` and `end`, `if`, `then`, `elseif`, `else` and
 * `end`, `for`, `do` and `end`, `repeat` and `until`. Empty when no such word stands there.
 */
export function blockKeywordsAt(tree: SourceTree, offset: number): Span[] {
  const { path, base } = nodePathAt(tree, offset);
  for (const node of path.toReversed()) {
    const spans = keywordsOf(tree, node, base);
    if (spans.some(({ start, end }) => start <= offset && offset <= end)) return spans;
  }
  return [];
}

function keywordsOf(tree: SourceTree, node: Node, base: number): Span[] {
  const present = (spans: ReadonlyArray<Span | undefined>): Span[] =>
    spans.flatMap((span) => (span ? [{ start: base + span.start, end: base + span.end }] : []));
  switch (node.kind) {
    case "FunctionBody":
    case "DoStatement":
      return present([node.keyword, node.endKeyword]);
    case "IfStatement":
      return present(keywordsOfIf(node));
    case "WhileStatement":
      return loop(tree, present([node.keyword, node.endKeyword]), node.condition, base);
    case "NumericFor":
      return loop(tree, present([node.keyword, node.endKeyword]), node.step ?? node.to, base);
    case "GenericFor":
      return loop(tree, present([node.keyword, node.endKeyword]), node.iterators.at(-1), base);
    case "RepeatStatement":
      return present([node.keyword, node.untilKeyword]);
    default:
      return [];
  }
}

function keywordsOfIf({ clauses, elseKeyword, endKeyword }: IfStatement): Array<Span | undefined> {
  return [...clauses.flatMap(({ keyword, thenKeyword }) => [keyword, thenKeyword]), elseKeyword, endKeyword];
}

/** Puts the `do` behind the head of a loop between its other words. */
function loop({ tokens }: SourceTree, words: Span[], head: Expression | undefined, base: number): Span[] {
  if (!head) return words;
  let token = tokenIndexAt(tokens, base + head.end);
  while (isTrivia(tokens.kinds[token] ?? TokenKind.endOfFile)) token++;
  if (tokens.kinds[token] !== TokenKind.do) return words;
  words.splice(1, 0, { start: tokens.starts[token] ?? 0, end: tokenEnd(tokens, token) });
  return words;
}
