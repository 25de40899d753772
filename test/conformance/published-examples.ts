/** Published `.tac` files that are checked for false errors. */
export interface PublishedFiles {
  readonly package: string;
  readonly version: string;
  /** A folder of the release's source archive. */
  readonly folder: string;
  /** The prefix of its files in the recorded verdicts of the original. */
  readonly verdicts: string;
  /** How many `.tac` files it has. */
  readonly files: number;
  /** Files that the original refuses, each with the reason; they must have an error here as well. */
  readonly rejected: Readonly<Record<string, string>>;
  /** Files with a defect of their own. Few: each needs a reason that a reader of the file can follow. */
  readonly defective: Readonly<Record<string, RealDefect>>;
}

/** Errors that are right although the original, which looks at less, lets the file pass. */
export interface RealDefect {
  readonly codes: readonly string[];
  readonly reason: string;
}

export const publishedFiles: readonly PublishedFiles[] = [
  {
    package: "tactus",
    version: "0.39.0",
    folder: "examples",
    verdicts: "examples/",
    files: 114,
    rejected: {
      "with_dependencies/simple_http_test.tac": "code after a `return` of the file",
      "with_dependencies/time_lookup.tac": "code after a `return` of the file",
    },
    defective: {},
  },
  {
    package: "tactus",
    version: "0.53.4",
    folder: "tactus/stdlib",
    verdicts: "stdlib/",
    files: 33,
    rejected: {},
    defective: {},
  },
];
