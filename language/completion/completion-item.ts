import type { Span } from "#language/syntax/tree.ts";

/** What a suggestion is; the editor draws an icon for it. */
export type CompletionKind =
  | "field"
  | "function"
  | "variable"
  | "parameter"
  | "keyword"
  | "value"
  | "module"
  | "agent"
  | "tool"
  | "class"
  | "snippet"
  | "file"
  | "folder"
  | "step";

/** One suggestion. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** Behind the label: type, default. */
  readonly detail?: string;
  /** Where it comes from, at the right. */
  readonly description?: string;
  /** Markdown; looked at when the suggestion is. */
  readonly doc?: string;
  /** What is inserted, when it is not the label. */
  readonly insert?: string;
  /** `insert` has `$1` and `${1:…}` for what is typed next. */
  readonly isSnippet?: boolean;
  /** What is compared with the letters that are typed, when it is not the label. */
  readonly filter?: string;
  /** Smaller comes first; 5 without it. */
  readonly rank?: number;
  /** Place among those of the same rank; the others follow by their labels. */
  readonly order?: number;
  readonly isDeprecated?: boolean;
  /** Further edits, such as a `require` at the top; offsets in the text. */
  readonly edits?: readonly (Span & { readonly text: string })[];
}

/** What a place is part of; `member` is behind a dot or a colon. */
export type CompletionArea = "text" | "step" | "comment" | "member" | "code";

/** Suggestions for a place. */
export interface Completions {
  readonly items: readonly CompletionItem[];
  /** What they replace; offsets in the text. */
  readonly replace: Span;
  readonly within: CompletionArea;
  /** Typing on may bring others. */
  readonly isIncomplete?: boolean;
}

/** A text that sorts a suggestion among the others. */
export function sortText({ rank = 5, order, label }: CompletionItem): string {
  return `${rank}${order === undefined ? "~" : String(order).padStart(3, "0")}${label}`;
}

/** The first suggestion of each label. */
export function withoutDoubles(items: readonly CompletionItem[]): CompletionItem[] {
  const labels = new Set<string>();
  return items.filter(({ label }) => {
    if (labels.has(label)) return false;
    labels.add(label);
    return true;
  });
}
