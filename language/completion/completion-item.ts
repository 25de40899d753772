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
  readonly doc?: string;
  /** What is inserted, when it is not the label. */
  readonly insert?: string;
  /** `insert` has `$1` and `${1:…}` for what is typed next. */
  readonly isSnippet?: boolean;
  /** Smaller comes first; 5 without it. */
  readonly rank?: number;
  readonly isDeprecated?: boolean;
  /** Further edits, such as a `require` at the top; offsets in the text. */
  readonly edits?: readonly (Span & { readonly text: string })[];
}

/** Suggestions for a place. */
export interface Completions {
  readonly items: readonly CompletionItem[];
  /** What they replace; offsets in the text. */
  readonly replace: Span;
}
