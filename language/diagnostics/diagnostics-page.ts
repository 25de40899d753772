import { diagnosticCatalogue } from "#language/diagnostics/catalogue.ts";

/** The text of docs/diagnostics.md. */
export function diagnosticsPage(): string {
  const rows = Object.entries(diagnosticCatalogue).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return `# Diagnostics

What \`check\` and the editor can find. Made by \`node scripts/generate-references.ts\`; do not edit.

| code | meaning |
|---|---|
${rows.join("\n")}
`;
}
