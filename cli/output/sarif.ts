import path from "node:path";
import { type DiagnosticCode, diagnosticCatalogue } from "#language/diagnostics/catalogue.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import packageJson from "../../package.json" with { type: "json" };

/** Findings as SARIF 2.1.0, which code hosts show beside the lines. Lines and columns count from 1 there. */
export function toSarif(diagnostics: readonly Diagnostic[]): object {
  const rules = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: packageJson.name,
            version: packageJson.version,
            rules: rules.map((id) => ({ id, shortDescription: { text: diagnosticCatalogue[id].meaning } })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: diagnostics.map((diagnostic) => resultOf(diagnostic, rules)),
      },
    ],
  };
}

const levels = { error: "error", warning: "warning", information: "note", hint: "none" } as const;

function resultOf(
  { file, range, severity, code, message }: Diagnostic,
  rules: readonly DiagnosticCode[],
): object {
  const region = {
    startLine: range.start.line + 1,
    startColumn: range.start.character + 1,
    endLine: range.end.line + 1,
    endColumn: range.end.character + 1,
  };
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: levels[severity],
    message: { text: message },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(file) }, region } }],
  };
}

/** Relative names stay relative, so that a code host can find them. */
function uriOf(file: string): string {
  const segments = file.split(path.sep).map(encodeURIComponent).join("/");
  return path.isAbsolute(file) ? `file://${segments}` : segments;
}
