import { visibleText } from "#common/visible-text.ts";
import { diagnosticCatalogue } from "#language/diagnostics/catalogue.ts";
import type { CatalogueEntry } from "#language/diagnostics/catalogue-entry.ts";

/** The text of docs/diagnostics.md. */
export function diagnosticsPage(): string {
  const sections = Object.entries<CatalogueEntry>(diagnosticCatalogue).map(([code, entry]) =>
    section(code, entry),
  );
  return `# Diagnostics

What \`check\` and the editor can find. Made by \`node scripts/generate-references.ts\`; do not edit.

The severity of each can be set: \`"tactus.diagnostics.severity": { "unused-local": "off" }\` in the editor. A comment
keeps findings back where it stands: \`---@diagnostic disable-next-line: unused-local\`, or \`disable-line\`, \`disable\` and
\`enable\`.

${sections.join("\n\n")}
`;
}

function section(code: string, { meaning, severity, wrong, right }: CatalogueEntry): string {
  const example =
    wrong !== undefined && right !== undefined
      ? `\n\n${lua("Instead of", wrong)}\n\n${lua("write", right)}`
      : "";
  return `## ${code}\n\n*${severity}* · ${meaning}${example}`;
}

/** Characters that nobody sees are named: the page would else show two texts that look the same. */
function lua(words: string, code: string): string {
  return `${words}\n\n\`\`\`lua\n${visibleText(code)}\n\`\`\``;
}
