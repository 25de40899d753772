import { type MarkupContent, MarkupKind } from "vscode-languageserver";
import { withoutMarkup } from "#language/semantics/markdown.ts";

/** Markdown for clients that show it, plain text for the others; `formats` are those that the client says it takes. */
export function markup(markdown: string, formats: readonly MarkupKind[] | undefined): MarkupContent {
  return formats?.includes(MarkupKind.Markdown) === false
    ? { kind: MarkupKind.PlainText, value: withoutMarkup(markdown) }
    : { kind: MarkupKind.Markdown, value: markdown };
}
