/** A text in which each of these spans (in order, none inside another) reads as the replacement. */
export function replaceSpans(
  text: string,
  spans: Iterable<{ readonly start: number; readonly end: number }>,
  replacement: string,
): string {
  let replaced = "";
  let from = 0;
  for (const { start, end } of spans) {
    replaced += text.slice(from, start) + replacement;
    from = end;
  }
  return replaced + text.slice(from);
}
