import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic as LspDiagnostic,
  type TextEdit,
} from "vscode-languageserver";
import type { Diagnostic } from "#language/diagnostics/diagnostic.ts";
import { safeEdits } from "#language/refactoring/fix-all.ts";
import type { Refactoring, TextChange } from "#language/refactoring/refactoring.ts";
import { refactoringsAt } from "#language/refactoring/refactorings-at.ts";
import { suppressInFile, suppressInLine } from "#language/refactoring/suppress-finding.ts";
import type { Span } from "#language/syntax/tree.ts";
import type { DocumentFeature, ProcedureContext, WorkspaceFeature } from "../feature.ts";
import type { Positions } from "../positions.ts";

/** Our own kind of "fix everything". */
const fixAllKind = `${CodeActionKind.SourceFixAll}.tactus`;

/** What a rewrite is found again by, when it is chosen. */
interface RewriteData extends Span {
  readonly uri: string;
  readonly title: string;
}

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
    const { only } = params.context;
    const isWanted = (kind: string): boolean =>
      !only || only.some((each) => kind === each || kind.startsWith(`${each}.`));
    const quickFixes = isWanted(CodeActionKind.QuickFix) ? fixesIn(context, params) : [];
    const rewrites = rewritesIn(context, params).filter(({ kind = "" }) => isWanted(kind));
    return [...rewrites, ...quickFixes, ...(isWanted(fixAllKind) ? fixAll(context) : [])];
  },
};

/** The edits of a rewrite, when it is chosen. */
export const codeActionResolve: WorkspaceFeature<CodeAction, CodeAction> = {
  method: "codeAction/resolve",
  capabilities: () => ({}),
  workspace: ({ project, positionsOf }, action) => {
    const data = action.data as RewriteData | undefined;
    const file = data && project.procedure(data.uri);
    const positions = data && positionsOf(data.uri);
    if (!data || !file || !positions) return action;
    const found = refactoringsAt({ file, project }, data).find(({ title }) => title === data.title);
    return found
      ? { ...action, edit: { changes: { [data.uri]: editsOf(found.edits(), positions) } } }
      : action;
  },
};

function fixesIn(context: ProcedureContext, { range, context: asked }: CodeActionParams): CodeAction[] {
  const { positions, file, project, uri } = context;
  const start = positions.offsetAt(range.start);
  const end = positions.offsetAt(range.end);
  const found = project.diagnose(uri).filter((diagnostic) => {
    const from = file.lines.offsetAt(diagnostic.range.start);
    const to = file.lines.offsetAt(diagnostic.range.end);
    return from <= end && to >= start;
  });
  const shownOf = ({ code, range: at }: Diagnostic): LspDiagnostic[] =>
    asked.diagnostics.filter(
      (shown) =>
        shown.code === code && positions.offsetAt(shown.range.start) === file.lines.offsetAt(at.start),
    );
  return [
    ...found.flatMap((diagnostic) => fixesOf(context, diagnostic, shownOf(diagnostic))),
    ...found.flatMap((diagnostic) => suppressionsOf(context, diagnostic, shownOf(diagnostic))),
  ];
}

function fixesOf(
  { positions, uri }: ProcedureContext,
  { fixes = [] }: Diagnostic,
  diagnostics: LspDiagnostic[],
): CodeAction[] {
  return fixes.map(({ title, edits, isPreferred }) => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: {
      changes: {
        [uri]: edits.map((edit) => ({ range: positions.convert(edit.range), newText: edit.text })),
      },
    },
    ...(isPreferred && { isPreferred: true }),
  }));
}

/** Comments that keep a finding back. What would not start can't be kept back. */
function suppressionsOf(
  { file, positions, uri }: ProcedureContext,
  { code, range }: Diagnostic,
  diagnostics: LspDiagnostic[],
): CodeAction[] {
  if (code === "syntax-error" || code === "unused-suppression") return [];
  const action = (title: string, changes: readonly TextChange[]): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics,
    edit: { changes: { [uri]: editsOf(changes, positions) } },
  });
  return [
    action(`Keep "${code}" back in this line`, suppressInLine(file, code, range.start.line)),
    action(`Keep "${code}" back in this file`, suppressInFile(file, code)),
  ];
}

/** Every fix that can't change what a correct file means, as one edit. */
function fixAll({ project, positions, uri }: ProcedureContext): CodeAction[] {
  const edits = safeEdits(project.diagnose(uri));
  if (edits.length === 0) return [];
  const changes = edits.map(({ range, text }) => ({ range: positions.convert(range), newText: text }));
  return [
    { title: "Fix all that can safely be fixed", kind: fixAllKind, edit: { changes: { [uri]: changes } } },
  ];
}

function rewritesIn(context: ProcedureContext, { range }: CodeActionParams): CodeAction[] {
  const { file, project, positions } = context;
  const selection = { start: positions.offsetAt(range.start), end: positions.offsetAt(range.end) };
  return refactoringsAt({ file, project }, selection).map((found) => rewrite(found, selection, context));
}

/** Edits are left for later where the client asks for them then. */
function rewrite(
  { title, kind, edits }: Refactoring,
  selection: Span,
  { uri, positions, client }: ProcedureContext,
): CodeAction {
  if (!resolvesEdits(client))
    return { title, kind, edit: { changes: { [uri]: editsOf(edits(), positions) } } };
  return { title, kind, data: { uri, title, ...selection } satisfies RewriteData };
}

function resolvesEdits({ textDocument }: ClientCapabilities): boolean {
  const { resolveSupport, dataSupport } = textDocument?.codeAction ?? {};
  return dataSupport === true && resolveSupport?.properties.includes("edit") === true;
}

function editsOf(changes: readonly TextChange[], positions: Positions): TextEdit[] {
  return changes.map((change) => ({ range: positions.range(change), newText: change.text }));
}
