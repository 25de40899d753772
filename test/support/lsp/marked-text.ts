import type { Position, Range } from "vscode-languageserver";

/** A text with places in it: `<|>` is a cursor, `[|…|]` a range. Positions count UTF-16 units. */
export interface MarkedText {
  /** Without the marks. */
  readonly text: string;
  readonly cursors: readonly Position[];
  readonly ranges: readonly Range[];
}

/** Takes the marks out of a text. Ranges may be nested; they are listed as they end. */
export function readMarks(marked: string): MarkedText {
  const cursors: Position[] = [];
  const ranges: Range[] = [];
  const starts: Position[] = [];
  let text = "";
  for (const part of marked.split(/(<\|>|\[\||\|\])/)) {
    if (part === "<|>") cursors.push(endOf(text));
    else if (part === "[|") starts.push(endOf(text));
    else if (part === "|]") ranges.push({ start: startOf(starts), end: endOf(text) });
    else text += part;
  }
  if (starts.length > 0) throw new Error("A range of the text is not closed.");
  return { text, cursors, ranges };
}

function startOf(starts: Position[]): Position {
  const start = starts.pop();
  if (!start) throw new Error("A range of the text is closed that was not opened.");
  return start;
}

function endOf(text: string): Position {
  const lines = text.split("\n");
  return { line: lines.length - 1, character: (lines.at(-1) ?? "").length };
}
