import {
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as LspDiagnostic,
} from "vscode-languageserver";
import type { Diagnostic, RelatedPlace } from "#language/diagnostics/diagnostic.ts";
import { plainMessage } from "../plain-answer.ts";
import type { Positions } from "../positions.ts";
import type { ServerState } from "../server-state.ts";
import { applySeverities } from "../workspace/settings.ts";
import { documentationOf } from "./documentation.ts";

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

const tags = { unnecessary: DiagnosticTag.Unnecessary, deprecated: DiagnosticTag.Deprecated } as const;

/** The findings of a file as the client wants them. */
export function lspDiagnostics(uri: string, { workspace, settings, client }: ServerState): LspDiagnostic[] {
  const positions = workspace.positionsOf(uri);
  if (!positions) return [];
  const { diagnostic, publishDiagnostics } = client.textDocument ?? {};
  const hasRelated = diagnostic?.relatedInformation ?? publishDiagnostics?.relatedInformation ?? false;
  return applySeverities(workspace.diagnose(uri), settings).map((finding) => ({
    ...toLsp(finding, positions),
    ...(finding.related && hasRelated && { relatedInformation: relatedTo(finding.related, workspace) }),
  }));
}

function relatedTo(
  related: readonly RelatedPlace[],
  workspace: ServerState["workspace"],
): DiagnosticRelatedInformation[] {
  return related.map(({ file, range, message }) => ({
    location: { uri: file, range: workspace.positionsOf(file)?.convert(range) ?? range },
    message: plainMessage(message),
  }));
}

function toLsp(
  { range, severity, code, source, message, tags: marks, fixes }: Diagnostic,
  positions: Positions,
): LspDiagnostic {
  return {
    range: positions.convert(range),
    severity: severities[severity],
    code,
    codeDescription: { href: documentationOf(code) },
    source,
    message: plainMessage(message),
    ...(marks && { tags: marks.map((mark) => tags[mark]) }),
    ...(fixes && { data: { isFixable: true } }),
  };
}
