import path from "node:path";
import { visibleText } from "#common/visible-text.ts";
import { type DiagnosticCode, diagnosticCatalogue } from "#language/diagnostics/catalogue.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { documentationOf } from "#language-server/diagnostics/documentation.ts";
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
            rules: rules.map((id) => ({
              id,
              shortDescription: { text: diagnosticCatalogue[id].meaning },
              helpUri: documentationOf(id),
            })),
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
  { file, range, severity, code, message, related }: Diagnostic,
  rules: readonly DiagnosticCode[],
): object {
  return {
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: levels[severity],
    message: { text: plainMessage(message) },
    locations: [{ physicalLocation: placeOf(file, range) }],
    ...(related && {
      relatedLocations: related.map((place, id) => ({
        id,
        message: { text: plainMessage(place.message) },
        physicalLocation: placeOf(place.file, place.range),
      })),
    }),
  };
}

function placeOf(file: string, { start, end }: Diagnostic["range"]): object {
  const region = {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
  return { artifactLocation: { uri: uriOf(file) }, region };
}

/** SARIF reads links in plain messages too: `[text](address)`. What a file says becomes none. */
function plainMessage(message: string): string {
  return visibleText(message).replaceAll("](", "] (");
}

/** Relative names stay relative, so that a code host can find them. */
function uriOf(file: string): string {
  const segments = file.split(path.sep).map(encodeURIComponent).join("/");
  return path.isAbsolute(file) ? `file://${segments}` : segments;
}
