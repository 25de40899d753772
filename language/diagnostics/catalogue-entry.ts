import type { DiagnosticSeverity } from "#language/diagnostics/diagnostic-severity.ts";

/** What a code means, for people, and how bad it is unless a setting says otherwise. */
export interface CatalogueEntry {
  readonly meaning: string;
  readonly severity: DiagnosticSeverity;
  /** Lines that get the finding. */
  readonly wrong?: string;
  /** The same, as it should be. */
  readonly right?: string;
}
