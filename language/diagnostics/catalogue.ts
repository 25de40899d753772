import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";
import { procedureCatalogue } from "#language/diagnostics/procedure-catalogue.ts";
import { configDiagnostics } from "#language/sidecar/config-catalogue.ts";

/** Every code that a finding can have. Codes are stable; docs/diagnostics.md is made from this. */
export const diagnosticCatalogue = {
  ...procedureCatalogue,
  ...configDiagnostics,
} as const satisfies Record<string, CatalogueEntry>;

export type DiagnosticCode = keyof typeof diagnosticCatalogue;

/** Whether a text is a code. */
export function isDiagnosticCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(diagnosticCatalogue, text);
}
