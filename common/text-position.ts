/** A place in a source file as people count: the line starts at 1. `file` is relative to the workspace. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}

/** A position as editors count: line and character from 0, characters in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** A half-open range between two positions. */
export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}
