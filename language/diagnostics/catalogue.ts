import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";
import { procedureCatalogue } from "#language/diagnostics/procedure-catalogue.ts";

const configCatalogue = {
  "config-unreadable": {
    severity: "error",
    meaning:
      "A config or sidecar is not plain YAML: broken syntax, a key that stands twice, a tag, more than one document, aliases beyond measure, or more than 64 KiB.",
  },
  "config-unknown-key": {
    severity: "error",
    meaning: "A config or sidecar has a key that does not exist. Nothing is started with such a file.",
  },
  "config-wrong-value": {
    severity: "error",
    meaning: "A key of a config or sidecar holds a value of another kind than it must.",
  },
  "config-variable-unset": {
    severity: "error",
    meaning:
      "A config names an environment variable in `$` and braces that is not set. Found at the start of a run, not by `check`.",
  },
  "config-key-without-effect": {
    severity: "warning",
    meaning: "A key that the original program knows is understood, and changes nothing here.",
  },
} as const satisfies Record<string, CatalogueEntry>;

/** Every code that a finding can have. Codes are stable; docs/diagnostics.md is made from this. */
export const diagnosticCatalogue = {
  ...procedureCatalogue,
  ...configCatalogue,
} as const satisfies Record<string, CatalogueEntry>;

export type DiagnosticCode = keyof typeof diagnosticCatalogue;

/** Whether a text is a code. */
export function isDiagnosticCode(text: string): text is DiagnosticCode {
  return Object.hasOwn(diagnosticCatalogue, text);
}
