import type { Span } from "#language/syntax/tree.ts";
import { GapKind, type Layout, Separator } from "./layout.ts";

/** Arguments or parameters between parentheses. */
export interface ListParts<Part extends Span> {
  /** The tokens of the parentheses. */
  readonly open: number;
  readonly close: number;
  readonly nodes: readonly Part[];
  /** Whether a line that is too long breaks it. */
  readonly canBreak: boolean;
  readonly hugAt: number;
  readonly visit: (node: Part) => void;
}

/** On one line, or one a line if the author broke the line behind the parenthesis or it is too long. */
export function layOutList<Part extends Span>(layout: Layout, parts: ListParts<Part>): void {
  const { open, close, nodes, canBreak, hugAt } = parts;
  if (nodes.length === 0 && !layout.hasForcedBreak(open, close)) return;
  const group = layout.openTokens(open, close, { canBreak: canBreak && nodes.length > 0, hugAt });
  let previous = open;
  for (const node of nodes) {
    const first = layout.firstOf(node);
    layout.gap(first, GapKind.inner, group);
    const isBroken =
      previous === open ? layout.isBrokenBefore(first, open) : layout.hasForcedBreak(previous, first);
    if (isBroken) layout.breakGroup(group);
    parts.visit(node);
    previous = layout.lastOf(node);
    if (node !== nodes.at(-1)) layout.separate(previous, Separator.comma);
  }
  layout.gap(close, GapKind.close, group);
  if (layout.hasForcedBreak(previous, close)) layout.breakGroup(group);
}
