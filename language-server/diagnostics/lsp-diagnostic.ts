import { DiagnosticSeverity, DiagnosticTag, type Diagnostic as LspDiagnostic } from "vscode-languageserver";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import type { Positions } from "../positions.ts";
import type { ServerState } from "../server-state.ts";
import { applySeverities } from "../workspace/settings.ts";

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** Where each code is explained. */
const documentation = "https://github.com/tactus-studio/tactus-studio/blob/main/docs/diagnostics.md";

/** The findings of a file as the client wants them. */
export function lspDiagnostics(uri: string, { workspace, settings, client }: ServerState): LspDiagnostic[] {
  const positions = workspace.positionsOf(uri);
  if (!positions) return [];
  const hasRelated =
    client.textDocument?.publishDiagnostics?.relatedInformation ??
    client.textDocument?.diagnostic?.relatedDocumentSupport ??
    false;
  return applySeverities(workspace.diagnose(uri), settings).map((each) => toLsp(each, positions, hasRelated));
}

function toLsp(
  { range, severity, code, source, message, related, tags: marks, fixes }: Diagnostic,
  positions: Positions,
  hasRelated: boolean,
): LspDiagnostic {
  return {
    range: positions.convert(range),
    severity: severities[severity],
    code,
    codeDescription: { href: `${documentation}#${code}` },
    source,
    message,
    ...(related &&
      hasRelated && {
        relatedInformation: related.map((place) => ({
          location: { uri: place.file, range: positions.convert(place.range) },
          message: place.message,
        })),
      }),
    ...(marks && { tags: marks.map((mark) => tags[mark]) }),
    ...(fixes && { data: { isFixable: true } }),
  };
}
