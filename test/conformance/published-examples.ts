/** The published release whose examples are checked, and how many `.tac` files it has. */
export const publishedRelease = { package: "tactus", version: "0.39.0", examples: 114 } as const;

/** Examples that the original refuses, each with the reason; they must have an error here as well. */
export const rejectedExamples: Readonly<Record<string, string>> = {
  "with_dependencies/simple_http_test.tac": "code after a `return` of the file",
  "with_dependencies/time_lookup.tac": "code after a `return` of the file",
};

/** An error that is right although the original, which looks at less, lets the example pass. */
export interface RealDefect {
  readonly codes: readonly string[];
  readonly reason: string;
}

/** Examples with a defect of their own. Few: each needs a reason that a reader of the example can follow. */
export const defectiveExamples: Readonly<Record<string, RealDefect>> = {};
