import type { ManifestAnswer, ManifestLine } from "#protocol/editor/manifest.ts";
import type { RowLook } from "../screen/tree-rows.ts";

/** A row of the view: the procedure, a kind of things, or one sentence. */
export type ManifestRow =
  | { readonly kind: "file"; readonly file: string; readonly summary: string }
  | {
      readonly kind: "section";
      readonly id: string;
      readonly title: string;
      readonly rows: readonly SentenceRow[];
    }
  | SentenceRow;

interface SentenceRow {
  readonly kind: "sentence";
  readonly id: string;
  readonly line: ManifestLine;
}

/** The rows of a manifest, from the top. */
export function rowsOf({ file, summary, sections }: ManifestAnswer): readonly ManifestRow[] {
  return [
    { kind: "file", file, summary },
    ...sections.map(({ title, sentences }): ManifestRow => {
      const rows = sentences.map(
        (line, index): SentenceRow => ({ kind: "sentence", id: `${title}/${index}`, line }),
      );
      return { kind: "section", id: title, title, rows };
    }),
  ];
}

/** How a row looks; what only a run can know, and what was not granted, are marked. */
export function lookOf(row: ManifestRow): Omit<RowLook, "command" | "openness"> {
  switch (row.kind) {
    case "file":
      return look("file", row.file, row.summary, "file-code");
    case "section":
      return look(row.id, row.title, String(row.rows.length), "list-unordered");
    case "sentence": {
      const { text, file, line } = row.line;
      return { ...look(row.id, text, `${file}:${line}`, "circle-small"), icon: iconOf(row.line) };
    }
  }
}

function look(
  id: string,
  label: string,
  description: string,
  icon: string,
): Omit<RowLook, "command" | "openness"> {
  const spoken = `${label}, ${description}`;
  return { id, label, description, tooltip: `${label}\n${description}`, spoken, icon: { name: icon } };
}

function iconOf({ granted, isDynamic }: ManifestLine): RowLook["icon"] {
  if (granted === false) return { name: "circle-slash", color: "disabledForeground" };
  if (isDynamic) return { name: "question", color: "problemsWarningIcon.foreground" };
  return { name: "circle-small" };
}
