import type { DiagnosticCode } from "#language/diagnostics/catalogue.ts";
import type {
  Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  RelatedPlace,
} from "#language/diagnostics/diagnostic.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { YamlFix } from "#language/sidecar/yaml-problem.ts";
import type { Span } from "#language/syntax/tree.ts";

/** Something found in a config file, by offsets. */
export interface Finding extends Span {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly severity: DiagnosticSeverity;
  readonly fixes?: readonly YamlFix[];
  /** Places of the same file. */
  readonly related?: ReadonlyArray<{ readonly span: Span; readonly message: string }>;
  /** Places of other files. */
  readonly elsewhere?: readonly RelatedPlace[];
  readonly tags?: readonly DiagnosticTag[];
}

/** A finding as the command line and the editor show it. */
export function toDiagnostic(finding: Finding, document: YamlDocument, file: string): Diagnostic {
  const { code, message, severity, fixes, tags, related = [], elsewhere = [] } = finding;
  const here = related.map(({ span, message }) => ({ file, range: document.range(span), message }));
  return {
    file,
    range: document.range(finding),
    severity,
    code,
    source: "tactus",
    message,
    ...(here.length + elsewhere.length > 0 && { related: [...here, ...elsewhere] }),
    ...(fixes && {
      fixes: fixes.map((fix) => ({
        ...fix,
        edits: fix.edits.map((edit) => ({ range: document.range(edit), text: edit.text })),
      })),
    }),
    ...(tags && { tags }),
  };
}
