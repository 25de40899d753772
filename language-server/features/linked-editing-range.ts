import type { LinkedEditingRangeParams, LinkedEditingRanges } from "vscode-languageserver";
import { linkedRanges } from "#language/structure/linked-ranges.ts";
import type { DocumentFeature } from "../feature.ts";

/** What is typed in one place and changes in the others too: long brackets, labels, names in a specification. */
export const linkedEditingRange: DocumentFeature<LinkedEditingRangeParams, LinkedEditingRanges | null> = {
  method: "textDocument/linkedEditingRange",
  capabilities: () => ({ linkedEditingRangeProvider: true }),
  procedure: ({ file, positions }, { position }) => {
    const linked = linkedRanges(file.tree, positions.offsetAt(position));
    if (!linked) return null;
    return { ranges: linked.ranges.map((span) => positions.range(span)), wordPattern: linked.wordPattern };
  },
};
