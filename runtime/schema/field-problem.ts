import type { Json } from "#common/json.ts";

/** One thing that is wrong with a value: which field, and a sentence that says what was expected and what came. */
export interface FieldProblem {
  /** Path of the field: `order`, `items[2].price` (positions count from 1); empty when the value itself is meant. */
  readonly field: string;
  readonly reason: "missing" | "type" | "enum" | "range" | "undeclared";
  readonly message: string;
}

/** The problems as one text for people: behind the name of their owner, or as a list under it. */
export function problemsText(owner: string, problems: readonly FieldProblem[]): string {
  if (problems.length === 1) return `${owner}: ${problems[0]?.message}`;
  return [`${owner}:`, ...problems.map((problem) => `  - ${problem.message}`)].join("\n");
}

const longestShown = 60;

/** A value as a message shows it: its kind and a piece of it, never the whole of something long. */
export function shown(value: Json): string {
  const text = JSON.stringify(value);
  const piece = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
  return `${kindOf(value)} ${piece}`;
}

function kindOf(value: Json): string {
  if (value === null) return "nil";
  if (Array.isArray(value)) return value.length === 0 ? "empty table" : "list";
  if (typeof value === "object") return "table";
  return typeof value;
}
