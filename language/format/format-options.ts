/** How a file is laid out. There is little to choose on purpose: one look for all procedures. */
export interface FormatOptions {
  /** Columns of one level of indentation; how wide a tab counts when `useTabs` is on. */
  readonly indentSize: number;
  readonly useTabs: boolean;
  /** Columns that a line may fill before it is broken where it can be. */
  readonly lineWidth: number;
  /** What ends a line; `auto` takes what the file's first line ends with. Long strings are never touched. */
  readonly endOfLine: "lf" | "crlf" | "auto";
}

/** What the command line formats with. */
export const defaultFormatOptions: FormatOptions = {
  indentSize: 4,
  useTabs: false,
  lineWidth: 100,
  endOfLine: "auto",
};
