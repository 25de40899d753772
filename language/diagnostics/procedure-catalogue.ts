import { declarationFindings } from "#language/diagnostics/catalogue/declaration-findings.ts";
import { nameFindings } from "#language/diagnostics/catalogue/name-findings.ts";
import { programFindings } from "#language/diagnostics/catalogue/program-findings.ts";
import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";

/** Codes of findings in `.tac` files. */
export const procedureCatalogue = {
  ...programFindings,
  ...nameFindings,
  ...declarationFindings,
} as const satisfies Record<string, CatalogueEntry>;
