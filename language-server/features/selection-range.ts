import type { Range, SelectionRange, SelectionRangeParams } from "vscode-languageserver";
import { selectionRanges } from "#language/structure/selection-ranges.ts";
import type { DocumentFeature } from "../feature.ts";

/** For each cursor what "expand selection" takes next, from the word to the whole file. */
export const selectionRange: DocumentFeature<SelectionRangeParams, SelectionRange[]> = {
  method: "textDocument/selectionRange",
  capabilities: () => ({ selectionRangeProvider: true }),
  procedure: ({ file, positions }, params) =>
    params.positions.map((position) => {
      const spans = selectionRanges(file.tree, positions.offsetAt(position));
      return nested(
        spans.map((span) => positions.range(span)),
        { start: position, end: position },
      );
    }),
};

/** Each range within the next one; there is always the one of the whole file. */
function nested(ranges: readonly Range[], otherwise: Range): SelectionRange {
  const outermost: SelectionRange = { range: ranges.at(-1) ?? otherwise };
  return ranges.slice(0, -1).reduceRight<SelectionRange>((parent, range) => ({ range, parent }), outermost);
}
