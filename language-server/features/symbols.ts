import {
  type DocumentSymbol,
  type DocumentSymbolParams,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceSymbol,
  type WorkspaceSymbolParams,
} from "vscode-languageserver";
import type { ProjectSymbol } from "#language/project/project.ts";
import { type OutlineEntry, type OutlineKind, outlineOf } from "#language/semantics/outline.ts";
import type { DocumentFeature, ProcedureContext, WorkspaceFeature } from "../feature.ts";

/** The outline of a document. */
export const documentSymbol: DocumentFeature<DocumentSymbolParams, DocumentSymbol[] | SymbolInformation[]> = {
  method: "textDocument/documentSymbol",
  capabilities: () => ({ documentSymbolProvider: true }),
  procedure: (context) => {
    const entries = outlineOf(context.file);
    const isHierarchical =
      context.client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false;
    return isHierarchical
      ? entries.map((entry) => toSymbol(entry, context))
      : entries.flatMap((entry) => flattened(entry, context));
  },
};

/** Declarations and functions of all files whose name holds what is searched for. */
export const workspaceSymbol: WorkspaceFeature<WorkspaceSymbolParams, WorkspaceSymbol[]> = {
  method: "workspace/symbol",
  capabilities: () => ({ workspaceSymbolProvider: true }),
  workspace: async (context, { query }) => {
    const wanted = query.toLowerCase();
    const found: WorkspaceSymbol[] = [];
    for (const uri of context.project.procedureUris()) {
      await context.pause();
      if (found.length >= mostSymbols) break;
      for (const symbol of context.project.symbolsOf(uri)) {
        const { name, kind, selection, container } = symbol;
        if (isInner(symbol) || !isSubsequence(wanted, name.toLowerCase())) continue;
        const positions = context.positionsOf(uri);
        if (!positions) break;
        found.push({
          name,
          kind: symbolKinds[kind],
          location: { uri, range: positions.range(selection) },
          ...(container !== undefined && { containerName: container }),
        });
      }
    }
    return found;
  },
};

const mostSymbols = 1000;

/** Locals of functions, and the tables that hold schemas: nobody searches a workspace for them. */
function isInner({ name, kind, container }: ProjectSymbol): boolean {
  if (container === undefined) return false;
  return kind === "variable" || (kind === "field" && ["input", "output", "state"].includes(name));
}

const symbolKinds: Readonly<Record<OutlineKind, SymbolKind>> = {
  agent: SymbolKind.Class,
  tool: SymbolKind.Method,
  toolset: SymbolKind.Package,
  procedure: SymbolKind.Function,
  declaration: SymbolKind.Object,
  function: SymbolKind.Function,
  method: SymbolKind.Method,
  variable: SymbolKind.Variable,
  field: SymbolKind.Field,
  specification: SymbolKind.Namespace,
  scenario: SymbolKind.Event,
};

function toSymbol(entry: OutlineEntry, context: ProcedureContext): DocumentSymbol {
  return {
    name: entry.name,
    kind: symbolKinds[entry.kind],
    range: context.positions.range(entry.range),
    selectionRange: context.positions.range(entry.selection),
    ...(entry.detail !== undefined && { detail: entry.detail }),
    ...(entry.children.length > 0 && { children: entry.children.map((child) => toSymbol(child, context)) }),
  };
}

function flattened(entry: OutlineEntry, context: ProcedureContext, container?: string): SymbolInformation[] {
  const own: SymbolInformation = {
    name: entry.name,
    kind: symbolKinds[entry.kind],
    location: { uri: context.uri, range: context.positions.range(entry.range) },
    ...(container !== undefined && { containerName: container }),
  };
  return [own, ...entry.children.flatMap((child) => flattened(child, context, entry.name))];
}

/** The letters of what is searched for, in order. */
function isSubsequence(wanted: string, text: string): boolean {
  let index = 0;
  for (const letter of text) if (letter === wanted[index]) index++;
  return index >= wanted.length;
}
