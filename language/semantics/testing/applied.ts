import type { Span } from "#language/syntax/tree.ts";

/** The text with changes made, whose places are all in the text before. */
export function applied(text: string, changes: ReadonlyArray<Span & { readonly text: string }>): string {
  return changes
    .toSorted((one, other) => other.start - one.start)
    .reduce(
      (changed, { start, end, text: added }) => changed.slice(0, start) + added + changed.slice(end),
      text,
    );
}
