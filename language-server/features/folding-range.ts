import { type FoldingRange, FoldingRangeKind, type FoldingRangeParams } from "vscode-languageserver";
import { foldingRanges } from "#language/structure/folding-ranges.ts";
import type { DocumentFeature } from "../feature.ts";

const kinds = { comment: FoldingRangeKind.Comment, region: FoldingRangeKind.Region } as const;

/** What can be folded, in whole lines. */
export const foldingRange: DocumentFeature<FoldingRangeParams, FoldingRange[]> = {
  method: "textDocument/foldingRange",
  capabilities: () => ({ foldingRangeProvider: true }),
  procedure: ({ file }) =>
    foldingRanges(file.tree, file.lines).map(({ startLine, endLine, kind }) => ({
      startLine,
      endLine,
      ...(kind && { kind: kinds[kind] }),
    })),
};
