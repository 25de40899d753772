import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  type Range,
} from "vscode-languageserver";
import {
  type CompletionArea,
  type CompletionKind,
  type Completions,
  type CompletionItem as Suggestion,
  sortText,
} from "#language/completion/completion-item.ts";
import { completionsAt } from "#language/completion/completions-at.ts";
import { pathCompletions, pathPlace } from "#language/completion/path-completions.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { DocumentFeature, ProcedureContext, WorkspaceFeature } from "../feature.ts";
import { plainLabel } from "../plain-label.ts";
import { markup } from "./markup.ts";

/** What is sent back with an item when it is looked at: enough to find its documentation again. */
interface CompletionData {
  readonly uri: string;
  readonly offset: number;
}

/** Where each character that brings suggestions by itself does so. */
const triggers: Readonly<Record<string, readonly CompletionArea[]>> = {
  ".": ["member", "text"],
  ":": ["member"],
  '"': ["text", "step"],
  "'": ["text"],
  "/": ["text"],
  " ": ["step"],
  "@": ["comment"],
  "{": ["code", "text"],
};

/** What was last suggested in each file, for those who look at an item of it. */
const lastOf = new WeakMap<ProcedureFile, { readonly offset: number; readonly found: Completions }>();

/** What can be written at a place. */
export const completion: DocumentFeature<CompletionParams, CompletionList | null> = {
  method: "textDocument/completion",
  capabilities: () => ({
    completionProvider: {
      resolveProvider: true,
      triggerCharacters: Object.keys(triggers),
      completionItem: { labelDetailsSupport: true },
    },
  }),
  procedure: async (context, { position, context: asked }) => {
    const offset = context.positions.offsetAt(position);
    const found = await completions(context, offset);
    const typed = asked?.triggerCharacter;
    if (!found || (typed !== undefined && triggers[typed]?.includes(found.within) === false)) return null;
    lastOf.set(context.file, { offset, found });
    return listOf(found, { uri: context.uri, offset }, context);
  },
};

async function completions(
  { file, project, host }: ProcedureContext,
  offset: number,
): Promise<Completions | undefined> {
  const path = pathPlace(file, offset);
  return path
    ? pathCompletions(path, await host.listFolder(path.folder))
    : completionsAt(file, offset, project);
}

/** The documentation of an item, when it is looked at. */
export const completionResolve: WorkspaceFeature<CompletionItem, CompletionItem> = {
  method: "completionItem/resolve",
  capabilities: () => ({}),
  workspace: ({ project, client }, item) => {
    const data = item.data as CompletionData | undefined;
    const file = data && project.procedure(data.uri);
    const last = file && lastOf.get(file);
    if (!last || last.offset !== data?.offset) return item;
    const suggestion = last.found.items.find(
      ({ label, kind }) => plainLabel(label) === item.label && kinds[kind] === item.kind,
    );
    if (suggestion?.doc === undefined) return item;
    const formats = client.textDocument?.completion?.completionItem?.documentationFormat;
    return { ...item, documentation: markup(suggestion.doc, formats) };
  },
};

/** Items with what they have in common said once, for clients that can take it so. */
function listOf(found: Completions, data: CompletionData, context: ProcedureContext): CompletionList {
  const range = context.positions.range(found.replace);
  const { itemDefaults = [] } = context.client.textDocument?.completion?.completionList ?? {};
  const isIncomplete = found.isIncomplete === true;
  const items = found.items.map((item) => toLsp(item, context));
  if (itemDefaults.includes("editRange") && itemDefaults.includes("data"))
    return { isIncomplete, itemDefaults: { editRange: range, data }, items };
  return { isIncomplete, items: items.map((item) => withoutDefaults(item, range, data)) };
}

function withoutDefaults(
  { textEditText, insertText: _insertText, ...item }: CompletionItem,
  range: Range,
  data: CompletionData,
): CompletionItem {
  return { ...item, data, textEdit: { range, newText: textEditText ?? item.label } };
}

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
  const able = client.textDocument?.completion?.completionItem ?? {};
  const isSnippet = item.isSnippet === true && able.snippetSupport === true;
  const insert = item.isSnippet && !isSnippet ? withoutPlaceholders(item.insert ?? "") : item.insert;
  const label = plainLabel(item.label);
  const written = insert ?? (label === item.label ? undefined : item.label);
  return {
    label,
    kind: kinds[item.kind],
    sortText: sortText(item),
    ...detailsOf(item, able),
    ...((item.filter !== undefined || label !== item.label) && { filterText: item.filter ?? item.label }),
    ...(written !== undefined && { textEditText: written }),
    ...(isSnippet && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(item.isDeprecated && { tags: [CompletionItemTag.Deprecated] }),
    ...(item.edits && {
      additionalTextEdits: item.edits.map((edit) => ({ range: positions.range(edit), newText: edit.text })),
    }),
  };
}

type ItemCapabilities = NonNullable<
  NonNullable<NonNullable<ClientCapabilities["textDocument"]>["completion"]>["completionItem"]
>;

/** Type and origin beside the label; in one line of their own for clients that have no place there. */
function detailsOf(
  { detail = "", description }: Suggestion,
  { labelDetailsSupport }: ItemCapabilities,
): Pick<CompletionItem, "labelDetails" | "detail"> {
  if (!labelDetailsSupport) {
    const all = [detail, description].filter((text) => text !== undefined && text !== "").join(" ");
    return all === "" ? {} : { detail: all.replace(/^: /, "") };
  }
  if (detail === "" && description === undefined) return {};
  return {
    labelDetails: { ...(detail !== "" && { detail }), ...(description !== undefined && { description }) },
  };
}

/** A snippet as plain text: `${1:name}` is `name`, `$0` nothing. */
function withoutPlaceholders(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+\|([^,|]*)[^}]*\}/g, "$1")
    .replaceAll(/\$\{\d+:([^}]*)\}/g, "$1")
    .replaceAll(/\$\{?\d+\}?/g, "")
    .replaceAll(/\\([\\$}])/g, "$1");
}
