import {
  type DocumentHighlight,
  DocumentHighlightKind,
  type DocumentHighlightParams,
  type Location,
  type ReferenceParams,
} from "vscode-languageserver";
import { type Occurrence, occurrences, ownOccurrences } from "#language/semantics/occurrences.ts";
import { blockKeywordsAt } from "#language/structure/block-keywords.ts";
import type { DocumentFeature, ProcedureContext } from "../feature.ts";
import { sidecarNames } from "./config-places.ts";
import { symbolAtPosition } from "./symbol-request.ts";

/** Every place where a name is used, texts that name it included, in all files that share it. */
export const references: DocumentFeature<ReferenceParams, Location[] | null> = {
  method: "textDocument/references",
  capabilities: () => ({ referencesProvider: true }),
  procedure: async (context, { position, context: { includeDeclaration } }) => {
    const symbol = await symbolAtPosition(context, position);
    if (!symbol) return null;
    const all = occurrences(context.project, context.file, symbol);
    const found = all.filter(({ role }) => includeDeclaration || role !== "declaration");
    const files = [...new Set(all.map(({ file }) => file))];
    return [
      ...found.flatMap((occurrence) => locationOfOccurrence(context, occurrence)),
      ...(await sidecarNames(context, files, symbol.target)),
    ];
  },
};

/** The uses of a name in this document; of `function`, `if` and their like, the words that belong together. */
export const documentHighlight: DocumentFeature<DocumentHighlightParams, DocumentHighlight[] | null> = {
  method: "textDocument/documentHighlight",
  capabilities: () => ({ documentHighlightProvider: true }),
  procedure: async (context, { position }) => {
    const symbol = await symbolAtPosition(context, position);
    if (!symbol) {
      const offset = context.positions.offsetAt(position);
      return blockKeywordsAt(context.file.tree, offset).map((span) => ({
        range: context.positions.range(span),
        kind: DocumentHighlightKind.Text,
      }));
    }
    return ownOccurrences(context.file, symbol).map(({ model, span, role }) => ({
      range: context.positions.range(span, model.offset),
      kind: highlightKinds[role],
    }));
  },
};

const highlightKinds: Readonly<Record<Occurrence["role"], DocumentHighlightKind>> = {
  declaration: DocumentHighlightKind.Write,
  write: DocumentHighlightKind.Write,
  read: DocumentHighlightKind.Read,
  text: DocumentHighlightKind.Text,
};

function locationOfOccurrence(context: ProcedureContext, { file, model, span }: Occurrence): Location[] {
  const positions = context.positionsOf(file.uri);
  return positions ? [{ uri: file.uri, range: positions.range(span, model.offset) }] : [];
}
