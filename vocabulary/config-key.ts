/** One key of `.tactus/config.yml` and of `{procedure}.tac.yml`. */
export interface ConfigKey {
  /** Dotted path; `*` stands for a name that the person chooses. */
  readonly path: string;
  readonly type: "text" | "texts" | "boolean" | "number" | "integer" | "size" | "seconds" | "mapping" | "any";
  readonly default?: string | number | boolean;
  readonly values?: readonly string[];
  /** One sentence for people. */
  readonly doc: string;
  /**
   * `tightens`: a folder may set it, since it can only narrow what a run may do or name what the procedure could name.
   * `widens`: from a folder it needs a grant as far as it goes beyond the safe defaults.
   */
  readonly trust: "tightens" | "widens";
  /** Refused from a folder even with a grant: only the person's own config may set it. */
  readonly ownConfigOnly?: true;
  /** Understood for files of the original, and why it changes nothing here. */
  readonly withoutEffect?: string;
}
