import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { Positions } from "../positions.ts";

/**
 * A text after changes, each of which is in the text that the ones before it have made. Editors send those of many
 * cursors from the last to the first, so the positions of the text before all of them mostly serve.
 */
export function appliedChanges(
  text: string,
  changes: readonly TextDocumentContentChangeEvent[],
  positionsOf: (text: string) => Positions,
): string {
  let result = text;
  let positions: Positions | undefined;
  /** Up to here the result is still what `positions` knows. */
  let sameUntil = 0;
  for (const change of changes) {
    if (!("range" in change)) {
      result = change.text;
      positions = undefined;
      continue;
    }
    let end = positions?.offsetAt(change.range.end) ?? 0;
    if (!positions || end >= sameUntil) {
      positions = positionsOf(result);
      end = positions.offsetAt(change.range.end);
    }
    const start = positions.offsetAt(change.range.start);
    result = result.slice(0, start) + change.text + result.slice(Math.max(start, end));
    sameUntil = start;
  }
  return result;
}
