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
import type { SymbolAt } from "#language/semantics/symbols.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";
import { symbolAtPosition } from "./symbol-request.ts";

/** Whether a name can be renamed, and if not, why. */
export const prepareRename: DocumentFeature<
  PrepareRenameParams,
  { range: Range; placeholder: string } | null
> = {
  method: "textDocument/prepareRename",
  capabilities: () => ({}),
  procedure: (context, { position }) => {
    const symbol = symbolToRename(context, position);
    const range = context.positions.range(symbol.span, symbol.model.offset);
    const { start, end } = symbol.span;
    const placeholder = context.file.text.slice(symbol.model.offset + start, symbol.model.offset + end);
    return { range, placeholder };
  },
};

/** A new name for a symbol everywhere, in texts that name it too, and in the configuration beside the file. */
export const rename: DocumentFeature<RenameParams, WorkspaceEdit | null> = {
  method: "textDocument/rename",
  capabilities: () => ({ renameProvider: { prepareProvider: true } }),
  procedure: (context, { position, newName }) => {
    const symbol = symbolToRename(context, position);
    const problem = renameProblem(context.file, symbol, newName);
    if (problem !== undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, problem);
    return { changes: changesOf(context, occurrences(context.project, context.file, symbol), newName) };
  },
};

function symbolToRename(context: ProcedureContext, position: RenameParams["position"]): SymbolAt {
  const symbol = symbolAtPosition(context, position);
  const refusal = symbol ? renameRefusal(context.file, symbol) : "There is no name here that can be renamed.";
  if (symbol && refusal === undefined) return symbol;
  throw new ResponseError(LSPErrorCodes.RequestFailed, refusal ?? "This can't be renamed.");
}

function changesOf(
  context: ProcedureContext,
  found: readonly Occurrence[],
  newText: string,
): NonNullable<WorkspaceEdit["changes"]> {
  const changes: NonNullable<WorkspaceEdit["changes"]> = {};
  const seen = new Set<string>();
  for (const { file, model, span } of found) {
    const positions = context.positionsOf(file.uri);
    const place = `${file.uri} ${model.offset + span.start}`;
    if (!positions || seen.has(place)) continue;
    seen.add(place);
    const edits = changes[file.uri] ?? [];
    edits.push({ range: positions.range(span, model.offset), newText });
    changes[file.uri] = edits;
  }
  return changes;
}
