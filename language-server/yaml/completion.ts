import { type CompletionItem, InsertTextFormat, InsertTextMode, type Position } from "vscode-languageserver";
import type { CursorPlace } from "#language/sidecar/bare-place.ts";
import { cursorPlace } from "#language/sidecar/cursor-place.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import { markup } from "../features/markup.ts";
import { keySuggestions } from "./key-suggestions.ts";
import { pathSuggestions } from "./path-suggestions.ts";
import type { Suggestion } from "./suggestion.ts";
import { valueSuggestions } from "./value-suggestions.ts";
import type { YamlContext } from "./yaml-context.ts";

/** Keys that are legal here and still missing; values, names and paths that fit. */
export async function yamlCompletion(
  document: YamlDocument,
  position: Position,
  context: YamlContext,
): Promise<CompletionItem[]> {
  const offset = context.positions.offsetAt(position);
  const place = cursorPlace(document, offset, context.kind);
  if (!place) return [];
  const suggestions =
    place.role === "key"
      ? keySuggestions(place, document, context)
      : [...valueSuggestions(place, document, context), ...(await pathSuggestions(place, document, context))];
  return suggestions.map((suggestion, index) => toItem(suggestion, index, place, context));
}

/** Without a cursor in a range of its own line, editors drop an item: the place is always on one line. */
function toItem(
  suggestion: Suggestion,
  index: number,
  place: CursorPlace,
  context: YamlContext,
): CompletionItem {
  const { label, kind, detail, doc, insert = label, snippet, rank = 5 } = suggestion;
  const isSnippet = snippet !== undefined && context.hasSnippets === true;
  return {
    label,
    kind,
    sortText: `${rank}${String(index).padStart(4, "0")}`,
    filterText: place.role === "key" ? label : insert,
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    insertTextMode: InsertTextMode.adjustIndentation,
    textEdit: { range: context.positions.range(place.replace), newText: isSnippet ? snippet : insert },
    ...(detail !== undefined && { labelDetails: { description: detail } }),
    ...(doc !== undefined && { documentation: markup(doc, undefined) }),
  };
}
