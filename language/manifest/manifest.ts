import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Resolution } from "#language/sidecar/layers.ts";
import type { ManifestEntry } from "#protocol/reports/manifest-report.ts";

/**
 * Everything that a procedure may touch, as far as its text and its config tell: more than it will, never less. What
 * only a run can know is there as `dynamic`.
 */
export interface Manifest {
  /** The procedure as reports name it. */
  readonly file: string;
  readonly entries: readonly ManifestEntry[];
}

/** The `.tac` files among which modules and procedures are found; a `Project` is one. */
export interface KnownProcedures {
  /** Undefined: there is none, or it is too large to be read. */
  procedure(uri: string): ProcedureFile | undefined;
  procedureUris(): Iterable<string>;
}

/** What a manifest is made from. */
export interface ManifestSources {
  readonly uri: string;
  /** Holds the procedure; modules and procedures that it has not are there as `dynamic`. */
  readonly project: KnownProcedures;
  /** Names a file as reports do: relative to the workspace root. */
  readonly describe: (uri: string) => string;
  /** There is more code than the project holds. */
  readonly isIncomplete?: boolean;
  /** The config around the procedure and its sidecar. */
  readonly config: Resolution;
}
