import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic as LspDiagnostic,
  type TextEdit,
} from "vscode-languageserver";
import type { Diagnostic, DiagnosticFix } from "#language/diagnostics/diagnostic.ts";
import { refactoringsAt } from "#language/refactoring/refactorings-at.ts";
import type { DocumentFeature, ProcedureContext, WorkspaceFeature } from "../feature.ts";

/** Our own kind of "fix everything". */
const fixAllKind = `${CodeActionKind.SourceFixAll}.tactus`;

/** Fixes of findings, all safe fixes at once, and rewrites of what is selected. */
export const codeAction: DocumentFeature<CodeActionParams, CodeAction[]> = {
  method: "textDocument/codeAction",
  capabilities: () => ({
    codeActionProvider: {
      codeActionKinds: [
        CodeActionKind.QuickFix,
        CodeActionKind.RefactorExtract,
        CodeActionKind.RefactorInline,
        CodeActionKind.RefactorRewrite,
        CodeActionKind.SourceOrganizeImports,
        fixAllKind,
      ],
      resolveProvider: true,
    },
  }),
  procedure: (context, params) => {
    const wanted = params.context.only;
    const isWanted = (kind: string): boolean =>
      !wanted || wanted.some((each) => kind === each || kind.startsWith(`${each}.`));
    return [
      ...(isWanted(CodeActionKind.QuickFix) ? quickFixes(context, params) : []),
      ...(isWanted(fixAllKind) ? fixAll(context) : []),
      ...refactorings(context, params).filter(({ kind }) => kind !== undefined && isWanted(kind)),
    ];
  },
};

/** The edits of a rewrite, when it is chosen. */
export const codeActionResolve: WorkspaceFeature<CodeAction, CodeAction> = {
  method: "codeAction/resolve",
  capabilities: () => ({}),
  workspace: (context, action) => {
    const data = action.data as { uri: string; start: number; end: number; title: string } | undefined;
    const file = data && context.project.procedure(data.uri);
    const positions = data && context.positionsOf(data.uri);
    if (!data || !file || !positions) return action;
    const found = refactoringsAt({ file, project: context.project }, data).find(
      ({ title }) => title === data.title,
    );
    if (!found) return action;
    const edits = found
      .edits()
      .map((edit): TextEdit => ({ range: positions.range(edit), newText: edit.text }));
    return { ...action, edit: { changes: { [data.uri]: edits } } };
  },
};

function quickFixes(context: ProcedureContext, { range, context: asked }: CodeActionParams): CodeAction[] {
  const { positions, project, uri } = context;
  const start = positions.offsetAt(range.start);
  const end = positions.offsetAt(range.end);
  return project.diagnose(uri).flatMap((diagnostic) => {
    const from = context.file.lines.offsetAt(diagnostic.range.start);
    const to = context.file.lines.offsetAt(diagnostic.range.end);
    if (from > end || to < start) return [];
    const shown = asked.diagnostics.filter(
      ({ code, range: at }) => code === diagnostic.code && positions.offsetAt(at.start) === from,
    );
    return [...fixActions(context, diagnostic, shown), suppression(context, diagnostic, shown)];
  });
}

function fixActions(
  context: ProcedureContext,
  { fixes = [] }: Diagnostic,
  diagnostics: LspDiagnostic[],
): CodeAction[] {
  return fixes.map((fix) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: { changes: { [context.uri]: editsOf(context, fix) } },
    ...(fix.isPreferred && { isPreferred: true }),
  }));
}

/** A comment that keeps the finding back, in the line above. */
function suppression(
  context: ProcedureContext,
  { code, range }: Diagnostic,
  diagnostics: LspDiagnostic[],
): CodeAction {
  const lineStart = context.file.lines.lineStart(range.start.line);
  const indent = /^[ \t]*/.exec(context.file.text.slice(lineStart))?.[0] ?? "";
  const at = context.positions.positionAt(lineStart);
  return {
    title: `Keep "${code}" back in this line`,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: {
      changes: {
        [context.uri]: [
          { range: { start: at, end: at }, newText: `${indent}---@diagnostic disable-next-line: ${code}\n` },
        ],
      },
    },
  };
}

/** Every fix that can't change what a correct file means, as one edit. */
function fixAll(context: ProcedureContext): CodeAction[] {
  const fixes = context.project
    .diagnose(context.uri)
    .flatMap(({ fixes: all = [] }) => all.find(({ isSafe }) => isSafe) ?? []);
  if (fixes.length === 0) return [];
  const edits: TextEdit[] = [];
  let end = -1;
  const sorted = fixes
    .flatMap(({ edits: own }) => own)
    .sort((a, b) => offsetOf(context, a) - offsetOf(context, b));
  for (const edit of sorted) {
    // Two fixes of one place would undo each other.
    if (offsetOf(context, edit) < end) continue;
    end = context.file.lines.offsetAt(edit.range.end);
    edits.push({ range: context.positions.convert(edit.range), newText: edit.text });
  }
  return [
    {
      title: "Fix all that can safely be fixed",
      kind: fixAllKind,
      edit: { changes: { [context.uri]: edits } },
    },
  ];
}

function offsetOf({ file }: ProcedureContext, edit: DiagnosticFix["edits"][number]): number {
  return file.lines.offsetAt(edit.range.start);
}

function editsOf({ positions }: ProcedureContext, { edits }: DiagnosticFix): TextEdit[] {
  return edits.map(({ range, text }) => ({ range: positions.convert(range), newText: text }));
}

function refactorings(
  { file, project, positions, uri }: ProcedureContext,
  { range }: CodeActionParams,
): CodeAction[] {
  const span = { start: positions.offsetAt(range.start), end: positions.offsetAt(range.end) };
  return refactoringsAt({ file, project }, span).map(({ title, kind }) => ({
    title,
    kind,
    data: { uri, ...span, title },
  }));
}
