/** A value of a config file: what YAML's core schema and JSON have in common. */
type ConfigValue = null | boolean | number | string | readonly ConfigValue[] | ConfigMapping;

interface ConfigMapping {
  readonly [key: string]: ConfigValue;
}

/** What the value of a key names; completion, checks and go to definition follow from it. */
type ConfigReference = "provider" | "modelId" | "toolset" | "hostTool" | "path" | "mount" | "network";

/** One key of `.tactus/config.yml` and of `{procedure}.tac.yml`. */
export interface ConfigKey {
  /** Dotted path; `*` stands for a name that the person chooses. */
  readonly path: string;
  readonly type: "text" | "texts" | "boolean" | "number" | "integer" | "size" | "seconds" | "mapping" | "any";
  readonly default?: string | number | boolean;
  readonly values?: readonly string[];
  /** One sentence for people. */
  readonly doc: string;
  /** What it does to a run, or what to know before it is set: further sentences, for hovers. */
  readonly effect?: string;
  /** Values that a file may have here; absent where `default` or `values` show enough. */
  readonly examples?: readonly ConfigValue[];
  /** What its text, or each of its texts, names. */
  readonly refersTo?: ConfigReference;
  /** Its value, or what stands in it, is a secret: never shown, never sent into the sandbox. */
  readonly isSecret?: true;
  /** Stands in sidecars alone, since it is about one procedure. */
  readonly onlyIn?: "sidecar";
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
