import type { AnnotatedTextEdit, ClientCapabilities, TextEdit, WorkspaceEdit } from "vscode-languageserver";

/** An edit of a file; `group` is what a preview shows it under. */
export interface FileEdit extends TextEdit {
  readonly uri: string;
  readonly group?: string;
}

/** One edit of several files, with groups for the preview where the client has them. */
export function workspaceEdit(edits: readonly FileEdit[], { workspace }: ClientCapabilities): WorkspaceEdit {
  const { documentChanges, changeAnnotationSupport } = workspace?.workspaceEdit ?? {};
  if (!documentChanges) return { changes: changesOf(edits) };
  const files = [...new Set(edits.map(({ uri }) => uri))];
  const groups = changeAnnotationSupport
    ? new Set(edits.flatMap(({ group }) => group ?? []))
    : new Set<string>();
  return {
    documentChanges: files.map((uri) => ({
      textDocument: { uri, version: null },
      edits: edits.filter((edit) => edit.uri === uri).map((edit) => annotated(edit, groups)),
    })),
    ...(groups.size > 0 && {
      changeAnnotations: Object.fromEntries([...groups].map((label) => [label, { label }])),
    }),
  };
}

function annotated(
  { range, newText, group }: FileEdit,
  groups: ReadonlySet<string>,
): TextEdit | AnnotatedTextEdit {
  return group !== undefined && groups.has(group)
    ? { range, newText, annotationId: group }
    : { range, newText };
}

function changesOf(edits: readonly FileEdit[]): NonNullable<WorkspaceEdit["changes"]> {
  const changes: NonNullable<WorkspaceEdit["changes"]> = {};
  for (const { uri, range, newText } of edits) changes[uri] = [...(changes[uri] ?? []), { range, newText }];
  return changes;
}
