import {
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  MarkupKind,
} from "vscode-languageserver";
import type { CompletionKind, CompletionItem as Suggestion } from "#language/completion/completion-item.ts";
import { completionsAt } from "#language/completion/completions-at.ts";
import type { DocumentFeature, ProcedureContext, WorkspaceFeature } from "../feature.ts";

/** What is sent back with an item when it is looked at: enough to find its documentation again. */
interface CompletionData {
  readonly uri: string;
  readonly offset: number;
}

/** What can be written at a place. */
export const completion: DocumentFeature<CompletionParams, CompletionList | null> = {
  method: "textDocument/completion",
  capabilities: () => ({
    completionProvider: {
      resolveProvider: true,
      triggerCharacters: [".", ":", '"', "'", "{", "[", "/"],
      completionItem: { labelDetailsSupport: true },
    },
  }),
  procedure: (context, { position }) => {
    const offset = context.positions.offsetAt(position);
    const found = completionsAt(context.file, offset, context.project);
    if (!found) return null;
    const range = context.positions.range(found.replace);
    const items = found.items.map((item) => toLsp(item, context));
    const hasDefaults =
      context.client.textDocument?.completion?.completionList?.itemDefaults?.includes("editRange") ?? false;
    const data: CompletionData = { uri: context.uri, offset };
    if (hasDefaults) return { isIncomplete: false, itemDefaults: { editRange: range, data }, items };
    return {
      isIncomplete: false,
      items: items.map((item) => ({
        ...item,
        data,
        textEdit: { range, newText: item.textEditText ?? item.insertText ?? item.label },
      })),
    };
  },
};

/** The documentation of an item, when it is looked at. */
export const completionResolve: WorkspaceFeature<CompletionItem, CompletionItem> = {
  method: "completionItem/resolve",
  capabilities: () => ({}),
  workspace: ({ project }, item) => {
    const data = item.data as CompletionData | undefined;
    const file = data && project.procedure(data.uri);
    if (!file || !data) return item;
    const found = completionsAt(file, Math.min(data.offset, file.text.length), project);
    const suggestion = found?.items.find(
      ({ label, kind }) => label === item.label && kinds[kind] === item.kind,
    );
    return suggestion?.doc === undefined
      ? item
      : { ...item, documentation: { kind: MarkupKind.Markdown, value: suggestion.doc } };
  },
};

const kinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  field: CompletionItemKind.Field,
  function: CompletionItemKind.Function,
  variable: CompletionItemKind.Variable,
  parameter: CompletionItemKind.Variable,
  keyword: CompletionItemKind.Keyword,
  value: CompletionItemKind.EnumMember,
  module: CompletionItemKind.Module,
  agent: CompletionItemKind.Class,
  tool: CompletionItemKind.Method,
  class: CompletionItemKind.Class,
  snippet: CompletionItemKind.Snippet,
  file: CompletionItemKind.File,
  folder: CompletionItemKind.Folder,
  step: CompletionItemKind.Event,
};

function toLsp(item: Suggestion, { client, positions }: ProcedureContext): CompletionItem {
  const hasSnippets = client.textDocument?.completion?.completionItem?.snippetSupport ?? false;
  const isSnippet = item.isSnippet === true && hasSnippets;
  const insert =
    item.isSnippet && !hasSnippets ? withoutPlaceholders(item.insert ?? item.label) : item.insert;
  return {
    label: item.label,
    kind: kinds[item.kind],
    sortText: `${item.rank ?? 5}${item.label}`,
    ...((item.detail !== undefined || item.description !== undefined) && {
      labelDetails: {
        ...(item.detail !== undefined && { detail: item.detail }),
        ...(item.description !== undefined && { description: item.description }),
      },
    }),
    ...(insert !== undefined && { insertText: insert, textEditText: insert }),
    ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(item.isDeprecated && { tags: [CompletionItemTag.Deprecated] }),
    ...(item.edits && {
      additionalTextEdits: item.edits.map((edit) => ({ range: positions.range(edit), newText: edit.text })),
    }),
  };
}

/** A snippet as plain text: `${1:name}` is `name`, `$0` nothing. */
function withoutPlaceholders(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+\|([^,|]*)[^}]*\}/g, "$1")
    .replaceAll(/\$\{\d+:([^}]*)\}/g, "$1")
    .replaceAll(/\$\{?\d+\}?/g, "");
}
