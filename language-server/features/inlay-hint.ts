import { type InlayHint, InlayHintKind, type InlayHintParams } from "vscode-languageserver";
import { type Hint, hintsIn } from "#language/semantics/hints.ts";
import type { DocumentFeature, ProcedureContext, WorkspaceFeature } from "../feature.ts";
import type { ServerSettings } from "../workspace/settings.ts";
import { markup } from "./markup.ts";

/** What a hint is found again by, when it is looked at. */
interface HintData {
  readonly uri: string;
  readonly offset: number;
  readonly kind: Hint["kind"];
}

/** Types of variables, names of parameters, the tools of a turn, between the letters. */
export const inlayHint: DocumentFeature<InlayHintParams, InlayHint[]> = {
  method: "textDocument/inlayHint",
  capabilities: () => ({ inlayHintProvider: { resolveProvider: true } }),
  procedure: (context, { range }) => {
    const { file, positions, project, settings } = context;
    const span = { start: positions.offsetAt(range.start), end: positions.offsetAt(range.end) };
    return hintsIn({ file, project }, span)
      .filter(({ kind }) => settings.inlayHints[settingOf[kind]])
      .map((hint) => toLsp(hint, context));
  },
};

/** The longer words of a hint, when it is looked at. */
export const inlayHintResolve: WorkspaceFeature<InlayHint, InlayHint> = {
  method: "inlayHint/resolve",
  capabilities: () => ({}),
  workspace: ({ project }, hint) => {
    const data = hint.data as HintData | undefined;
    const file = data && project.procedure(data.uri);
    if (!data || !file) return hint;
    const found = hintsIn({ file, project }, { start: data.offset, end: data.offset }).find(
      ({ kind, offset }) => kind === data.kind && offset === data.offset,
    );
    return found?.tooltip === undefined ? hint : { ...hint, tooltip: tooltipOf(found.tooltip) };
  },
};

const settingOf: Readonly<Record<Hint["kind"], keyof ServerSettings["inlayHints"]>> = {
  type: "types",
  parameter: "parameterNames",
  tools: "offeredTools",
};

const kinds: Readonly<Record<Hint["kind"], { readonly kind?: InlayHintKind }>> = {
  type: { kind: InlayHintKind.Type },
  parameter: { kind: InlayHintKind.Parameter },
  tools: {},
};

function toLsp(
  { kind, offset, label, tooltip }: Hint,
  { uri, positions, client }: ProcedureContext,
): InlayHint {
  const resolves = client.textDocument?.inlayHint?.resolveSupport?.properties.includes("tooltip") === true;
  return {
    position: positions.positionAt(offset),
    label,
    ...kinds[kind],
    paddingLeft: kind === "tools",
    paddingRight: kind === "parameter",
    ...(tooltip !== undefined &&
      (resolves ? { data: { uri, offset, kind } satisfies HintData } : { tooltip: tooltipOf(tooltip) })),
  };
}

function tooltipOf(value: string): NonNullable<InlayHint["tooltip"]> {
  return markup(value, undefined);
}
