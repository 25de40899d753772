import type { ProjectView } from "#language/project/project-view.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { StatementModel } from "#language/semantics/statement-model.ts";
import type { Node, Span } from "#language/syntax/tree.ts";

/** What a place in a file is, for those who suggest something there. */
export interface CompletionPlace {
  readonly file: ProcedureFile;
  readonly project: ProjectView;
  readonly model: StatementModel;
  /** From the statement to the innermost node. */
  readonly path: readonly Node[];
  /** In the text. */
  readonly offset: number;
  /** Relative to the statement. */
  readonly relative: number;
}

/** The letters around an offset that a suggestion takes the place of. */
export function wordAround(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && /[A-Za-z0-9_]/.test(text[start - 1] ?? "")) start--;
  let end = offset;
  while (end < text.length && /[A-Za-z0-9_]/.test(text[end] ?? "")) end++;
  return { start, end };
}
