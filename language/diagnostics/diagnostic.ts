import type { TextRange } from "#common/text-position.ts";
import type { DiagnosticCode } from "#language/diagnostics/catalogue.ts";
import type { DiagnosticSeverity } from "#language/diagnostics/diagnostic-severity.ts";

/** A finding in a `.tac` file, a sidecar or a config, as `check --json`, SARIF and the editor show it. */
export interface Diagnostic {
  /** As the caller named the file. */
  readonly file: string;
  readonly range: TextRange;
  readonly severity: DiagnosticSeverity;
  /** Kebab-case and stable. */
  readonly code: DiagnosticCode;
  readonly source: "tactus";
  readonly message: string;
  readonly related?: readonly RelatedPlace[];
  /** How it can be mended, the likeliest first. */
  readonly fixes?: readonly DiagnosticFix[];
  /** `unnecessary` is drawn faded, `deprecated` struck through. */
  readonly tags?: readonly DiagnosticTag[];
}

export type { DiagnosticSeverity };

export type DiagnosticTag = "unnecessary" | "deprecated";

/** Edits of the same file that make a finding go away. */
export interface DiagnosticFix {
  /** What it does, as a command: `Replace with "temperature"`. */
  readonly title: string;
  readonly edits: readonly FixEdit[];
  /** The one that a person nearly always wants. */
  readonly isPreferred?: boolean;
  /** Can't change what a correct file means, so that all such fixes may be applied at once. */
  readonly isSafe?: boolean;
}

export interface FixEdit {
  readonly range: TextRange;
  readonly text: string;
}

/** Another place that explains a finding. */
export interface RelatedPlace {
  readonly file: string;
  readonly range: TextRange;
  readonly message: string;
}
