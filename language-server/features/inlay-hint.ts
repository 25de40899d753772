import { type InlayHint, InlayHintKind, type InlayHintParams, MarkupKind } from "vscode-languageserver";
import { type Hint, hintsIn } from "#language/semantics/hints.ts";
import type { DocumentFeature, WorkspaceFeature } from "../feature.ts";

/** Types of variables, names of parameters, the tools of a turn, between the letters. */
export const inlayHint: DocumentFeature<InlayHintParams, InlayHint[]> = {
  method: "textDocument/inlayHint",
  capabilities: () => ({ inlayHintProvider: { resolveProvider: true } }),
  procedure: ({ file, positions, project, settings, uri }, { range }) => {
    const span = { start: positions.offsetAt(range.start), end: positions.offsetAt(range.end) };
    const wanted = settings.inlayHints;
    return hintsIn({ file, project }, span)
      .filter(({ kind }) =>
        kind === "type" ? wanted.types : kind === "parameter" ? wanted.parameterNames : wanted.offeredTools,
      )
      .map((hint) => ({
        position: positions.positionAt(hint.offset),
        label: hint.label,
        ...kinds[hint.kind],
        paddingLeft: hint.kind === "tools",
        paddingRight: hint.kind === "parameter",
        ...(hint.tooltip !== undefined && { data: { uri, offset: hint.offset, kind: hint.kind } }),
      }));
  },
};

/** The longer words of a hint, when it is looked at. */
export const inlayHintResolve: WorkspaceFeature<InlayHint, InlayHint> = {
  method: "inlayHint/resolve",
  capabilities: () => ({}),
  workspace: ({ project }, hint) => {
    const data = hint.data as { uri: string; offset: number; kind: Hint["kind"] } | undefined;
    const file = data && project.procedure(data.uri);
    if (!data || !file) return hint;
    const found = hintsIn({ file, project }, { start: data.offset, end: data.offset }).find(
      ({ kind, offset }) => kind === data.kind && offset === data.offset,
    );
    if (found?.tooltip === undefined) return hint;
    return { ...hint, tooltip: { kind: MarkupKind.Markdown, value: found.tooltip } };
  },
};

const kinds: Readonly<Record<Hint["kind"], { readonly kind?: InlayHintKind }>> = {
  type: { kind: InlayHintKind.Type },
  parameter: { kind: InlayHintKind.Parameter },
  tools: {},
};
