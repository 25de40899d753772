import { hasUnseen, oneLine } from "#common/visible-text.ts";

/** Graphemes of a label. */
const longestLabel = 200;

/** Foreign text as a client draws it in one line: nothing unseen, cut, and no icon (`$(name)`), which editors read. */
export function plainLabel(text: string): string {
  const isPlain = text.length <= longestLabel && !hasUnseen(text);
  return (isPlain ? text : oneLine(text, longestLabel)).replaceAll("$(", "$ (");
}
