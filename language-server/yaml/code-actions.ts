import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as LspDiagnostic,
  type Range,
} from "vscode-languageserver";
import type { Diagnostic, DiagnosticFix } from "#language/diagnostics/diagnostic.ts";
import type { YamlDocument } from "#language/sidecar/yaml-document.ts";
import type { YamlContext } from "./yaml-context.ts";

/** Our own kind of "fix everything". */
const fixAllKind = `${CodeActionKind.SourceFixAll}.tactus`;

/** What a client asks code actions about. */
export interface YamlCodeActionRequest {
  readonly range: Range;
  /** Kinds that are wanted, those below them included; all when absent. */
  readonly only?: readonly string[] | undefined;
  /** Of the whole document, as the check found them. */
  readonly findings: readonly Diagnostic[];
}

/** The fixes of the findings that touch a range, and all safe ones at once. */
export function yamlCodeActions(
  document: YamlDocument,
  { range, only, findings }: YamlCodeActionRequest,
  { uri, positions }: Pick<YamlContext, "uri" | "positions">,
): CodeAction[] {
  const isWanted = (kind: string): boolean =>
    !only || only.some((each) => kind === each || kind.startsWith(`${each}.`));
  const asked = { start: positions.offsetAt(range.start), end: positions.offsetAt(range.end) };
  const actions: CodeAction[] = [];
  if (isWanted(CodeActionKind.QuickFix)) {
    for (const finding of findings) {
      const { start, end } = finding.range;
      const touches =
        document.lines.offsetAt(start) <= asked.end && document.lines.offsetAt(end) >= asked.start;
      if (!touches) continue;
      for (const fix of finding.fixes ?? []) actions.push(quickFix(finding, fix));
    }
  }
  const safe = isWanted(fixAllKind) ? safeEdits(findings) : [];
  if (safe.length > 0)
    actions.push({ title: "Fix everything that is safe to fix", kind: fixAllKind, edit: edit(safe) });
  return actions;

  function quickFix(finding: Diagnostic, fix: DiagnosticFix): CodeAction {
    return {
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [shown(finding)],
      ...(fix.isPreferred && { isPreferred: true }),
      edit: edit(fix.edits),
    };
  }

  function edit(edits: DiagnosticFix["edits"]): NonNullable<CodeAction["edit"]> {
    const changes = edits.map((each) => ({ range: positions.convert(each.range), newText: each.text }));
    return { changes: { [uri]: changes } };
  }

  function shown({ range: place, code, message, source }: Diagnostic): LspDiagnostic {
    return { range: positions.convert(place), code, message, source };
  }
}

/** Edits that do not touch each other, in the order of the text. */
function safeEdits(findings: readonly Diagnostic[]): DiagnosticFix["edits"] {
  const edits = findings.flatMap(({ fixes = [] }) => fixes.find(({ isSafe }) => isSafe)?.edits ?? []);
  const sorted = edits.toSorted((left, right) => compare(left.range.start, right.range.start));
  return sorted.filter((edit, index) => {
    const before = sorted[index - 1];
    return !before || compare(before.range.end, edit.range.start) <= 0;
  });
}

function compare(left: Range["start"], right: Range["start"]): number {
  return left.line - right.line || left.character - right.character;
}
