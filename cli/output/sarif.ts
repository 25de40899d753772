import path from "node:path";
import { visibleText } from "#common/visible-text.ts";
import { type DiagnosticCode, diagnosticCatalogue } from "#language/diagnostics/catalogue.ts";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { documentationOf } from "#language-server/diagnostics/documentation.ts";
import type { Meaning, ReviewReport } from "#protocol/reports/review-report.ts";
import packageJson from "../../package.json" with { type: "json" };

/** Findings as SARIF 2.1.0, which code hosts show beside the lines. Lines and columns count from 1 there. */
export function toSarif(diagnostics: readonly Diagnostic[]): object {
  return sarifLog(rulesOf(diagnostics), diagnostics.map(resultOf));
}

/** A review: the findings that are new, and whatever it means for the trust, each as a rule of its own. */
export function reviewSarif({ files }: ReviewReport): object {
  const diagnostics = files.flatMap((file) => file.diagnostics as readonly Diagnostic[]);
  const told = files.flatMap(({ file, meanings }) =>
    meanings
      .filter(({ topic, risk }) => risk !== "none" && topic !== "diagnostics")
      .map((meaning) => ({ file, meaning })),
  );
  const topics = [...new Set(told.map(({ meaning }) => meaning.topic))].sort();
  const rules = topics.map((topic) => ({
    id: `review-${topic}`,
    shortDescription: { text: `What a change means for: ${topic}.` },
  }));
  return sarifLog(
    [...rulesOf(diagnostics), ...rules],
    [...diagnostics.map(resultOf), ...told.map(({ file, meaning }) => meaningResult(file, meaning))],
  );
}

interface SarifRule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly helpUri?: string;
}

interface SarifResult {
  readonly ruleId: string;
}

function sarifLog(rules: readonly SarifRule[], results: readonly SarifResult[]): object {
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: packageJson.name, version: packageJson.version, rules } },
        columnKind: "utf16CodeUnits",
        results: results.map((result) => ({ ...result, ruleIndex: indexes.get(result.ruleId) })),
      },
    ],
  };
}

function rulesOf(diagnostics: readonly Diagnostic[]): SarifRule[] {
  const codes: DiagnosticCode[] = [...new Set(diagnostics.map(({ code }) => code))].sort();
  return codes.map((id) => ({
    id,
    shortDescription: { text: diagnosticCatalogue[id].meaning },
    helpUri: documentationOf(id),
  }));
}

const levels = { error: "error", warning: "warning", information: "note", hint: "none" } as const;

function resultOf({ file, range, severity, code, message, related }: Diagnostic): SarifResult {
  const result = {
    ruleId: code,
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
  return result;
}

/** What no longer stands in head is shown at the beginning of its file. */
function meaningResult(file: string, { topic, risk, message, head }: Meaning): SarifResult {
  const line = { line: (head?.line ?? 1) - 1, character: 0 };
  const result = {
    ruleId: `review-${topic}`,
    level: risk === "high" ? "error" : "note",
    message: { text: plainMessage(`${file} ${message}.`) },
    locations: [{ physicalLocation: placeOf(head?.file ?? file, { start: line, end: line }) }],
  };
  return result;
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
