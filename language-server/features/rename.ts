import {
  LSPErrorCodes,
  type PrepareRenameParams,
  type Range,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { type Occurrence, occurrences } from "#language/semantics/occurrences.ts";
import { renameProblem, renameRefusal } from "#language/semantics/renaming.ts";
import type { SymbolAt } from "#language/semantics/symbol-target.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";
import { sidecarNames } from "./config-places.ts";
import { symbolAtPosition } from "./symbol-request.ts";
import { type FileEdit, workspaceEdit } from "./workspace-edits.ts";

/** Whether a name can be renamed, and if not, why. */
export const prepareRename: DocumentFeature<
  PrepareRenameParams,
  { range: Range; placeholder: string } | null
> = {
  method: "textDocument/prepareRename",
  capabilities: () => ({}),
  procedure: async (context, { position }) => {
    const { symbol } = await renamed(context, position);
    const range = context.positions.range(symbol.span, symbol.model.offset);
    const { start, end } = symbol.span;
    const placeholder = context.file.text.slice(symbol.model.offset + start, symbol.model.offset + end);
    return { range, placeholder };
  },
};

/** A new name for a symbol everywhere, in texts that name it too, and in the sidecar beside the file. */
export const rename: DocumentFeature<RenameParams, WorkspaceEdit | null> = {
  method: "textDocument/rename",
  capabilities: () => ({ renameProvider: { prepareProvider: true } }),
  procedure: async (context, { position, newName }) => {
    const { symbol, found } = await renamed(context, position);
    const problem = renameProblem(context.file, symbol, newName, found);
    if (problem !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, problem);
    const files = [...new Set(found.map(({ file }) => file))];
    const inConfiguration = await sidecarNames(context, files, symbol.target);
    const edits: FileEdit[] = [
      ...editsOf(context, found, newName),
      ...inConfiguration.map(({ uri, range }) => ({ uri, range, newText: newName, group: "Configuration" })),
    ];
    return workspaceEdit(edits, context.client);
  },
};

async function renamed(
  context: ProcedureContext,
  position: RenameParams["position"],
): Promise<{ symbol: SymbolAt; found: readonly Occurrence[] }> {
  const symbol = await symbolAtPosition(context, position);
  const found = symbol ? occurrences(context.project, context.file, symbol) : [];
  const refusal = symbol
    ? renameRefusal(context.file, symbol, found)
    : "There is no name here that can be renamed.";
  if (symbol && refusal === undefined) return { symbol, found };
  throw new ResponseError(LSPErrorCodes.RequestFailed, refusal ?? "This can't be renamed.");
}

function editsOf(context: ProcedureContext, found: readonly Occurrence[], newText: string): FileEdit[] {
  const seen = new Set<string>();
  return found.flatMap(({ file, model, span, role }) => {
    const positions = context.positionsOf(file.uri);
    const place = `${file.uri} ${model.offset + span.start}`;
    if (!positions || seen.has(place)) return [];
    seen.add(place);
    return {
      uri: file.uri,
      range: positions.range(span, model.offset),
      newText,
      group: role === "text" ? "Texts that name it" : "Code",
    };
  });
}
