import type { TextRange } from "#common/text-position.ts";
import type { DiagnosticCode } from "#language/diagnostics/catalogue.ts";

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
}

export type DiagnosticSeverity = "error" | "warning" | "information";

/** Another place that explains a finding. */
interface RelatedPlace {
  readonly file: string;
  readonly range: TextRange;
  readonly message: string;
}

/** The range of nothing at the start of a file, for findings about the file as a whole. */
export const fileStart: TextRange = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
