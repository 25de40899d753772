import type { CompletionItemKind } from "vscode-languageserver";

/** One thing that can be written. */
export interface Suggestion {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** Behind the label: the type, the default. */
  readonly detail?: string;
  /** Markdown. */
  readonly doc?: string;
  /** What is written; the label when absent. */
  readonly insert?: string;
  /** With placeholders, for clients that understand them; has to say the same as `insert`. */
  readonly snippet?: string;
  /** Smaller comes first. */
  readonly rank?: number;
}
