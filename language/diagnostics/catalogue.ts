import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";
import { procedureCatalogue } from "#language/diagnostics/procedure-catalogue.ts";
import { configDiagnostics } from "#language/sidecar/config-catalogue.ts";

/** Codes of findings about a file as a whole, which no lines can show. */
const fileFindings = {
  "file-too-large": {
    severity: "warning",
    meaning: "The file has more than 4,194,304 characters: nothing in it is checked, and it may still run.",
  },
} as const satisfies Record<string, CatalogueEntry>;

/** Every code that a finding can have. Codes are stable; docs/diagnostics.md is made from this. */
export const diagnosticCatalogue = {
  ...fileFindings,
  ...procedureCatalogue,
  ...configDiagnostics,
} as const satisfies Record<string, CatalogueEntry>;

export type DiagnosticCode = keyof typeof diagnosticCatalogue;

/** Whether a text is a code. */
export function isDiagnosticCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(diagnosticCatalogue, text);
}
