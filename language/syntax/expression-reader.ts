import type { Expression } from "#language/syntax/tree.ts";

/** Reads expressions: what the parsers of their parts need, since parts hold expressions again. */
export interface ExpressionReader {
  /** One expression; a `MissingExpression`, and a problem, where none starts. */
  expression(): Expression;
}
