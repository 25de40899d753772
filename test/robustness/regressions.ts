/** Texts that once made the server answer with an error, log one, hang or end. */
export interface Regression {
  readonly name: string;
  readonly text: string;
  /** Where it was asked, as an offset; the end of the text when absent. */
  readonly offset?: number;
}

export const regressions: readonly Regression[] = [
  { name: "an empty file", text: "" },
  { name: "half of a surrogate pair", text: 'x = "\ud800' },
];
