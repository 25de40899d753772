import type { Node, SourceTree, Span, StringExpression } from "#language/syntax/tree.ts";
import { walk } from "#language/syntax/walk.ts";
import type { Fold } from "./fold.ts";
import { gherkinSections } from "./gherkin-sections.ts";
import type { StatementPlace } from "./statement-cache.ts";

/** What folds by the tree of a statement. */
export function nodeFolds(tree: SourceTree, { statement, base }: StatementPlace): Fold[] {
  const folds: Fold[] = [];
  const add = (start: Span, end: Span): void => {
    folds.push({ start: start.start, end: end.start, hasCloser: true });
  };
  walk(statement.node, (node) => {
    addFold(node, add);
    if (node.kind === "StringExpression" && node.isLong) folds.push(...textFolds(tree.text, node, base));
  });
  return folds;
}

function addFold(node: Node, add: (start: Span, end: Span) => void): void {
  switch (node.kind) {
    case "FunctionBody":
    case "WhileStatement":
    case "NumericFor":
    case "GenericFor":
    case "DoStatement":
      add(node.keyword, closer(node, node.endKeyword));
      break;
    case "RepeatStatement":
      add(node.keyword, closer(node, node.untilKeyword));
      break;
    case "IfStatement": {
      const keywords = [
        ...node.clauses.map(({ keyword }) => keyword),
        ...(node.elseKeyword ? [node.elseKeyword] : []),
      ];
      for (const [index, keyword] of keywords.entries())
        add(keyword, keywords[index + 1] ?? closer(node, node.endKeyword));
      break;
    }
    case "TableExpression":
      add(node.openBrace, closer(node, node.closeBrace));
      break;
    case "CallExpression":
    case "MethodCall":
      if (node.form === "parentheses") add(node.argumentList, closer(node.argumentList));
      break;
    default:
  }
}

/** The closing token, or where the last token of a construct that misses it stands. */
function closer({ start, end }: Span, keyword?: Span): Span {
  return keyword ?? { start: Math.max(start, end - 1), end };
}

/** A long text as a whole, and the scenarios in it. */
function textFolds(text: string, node: StringExpression, base: number): Fold[] {
  const whole: Fold = { start: node.start, end: node.content.end, hasCloser: true };
  const content = text.slice(base + node.content.start, base + node.content.end);
  const sections = gherkinSections(content).map(
    ({ start, end }): Fold => ({
      start: node.content.start + start,
      end: node.content.start + end,
      hasCloser: false,
    }),
  );
  return [whole, ...sections];
}
