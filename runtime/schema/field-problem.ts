/** One thing that is wrong with a value: which field, and a sentence that says what was expected and what came. */
export interface FieldProblem {
  /** Path of the field: `order`, `items[2].price`; empty when the value itself is meant. */
  readonly field: string;
  readonly reason: "missing" | "type" | "enum" | "range" | "undeclared";
  readonly message: string;
}

/** The problems as one text for people, a line each after the first sentence. */
export function problemsText(what: string, problems: readonly FieldProblem[]): string {
  if (problems.length === 1) return `${what}: ${problems[0]?.message}`;
  return [`${what}:`, ...problems.map((problem) => `  - ${problem.message}`)].join("\n");
}
