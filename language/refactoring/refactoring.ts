import type { ProjectView } from "#language/project/project-view.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Node, Span } from "#language/syntax/tree.ts";

/** What can be done with a piece of a file. */
export interface Refactoring {
  readonly title: string;
  /** As the protocol has them: `refactor.extract`, `refactor.inline`, `refactor.rewrite`, `source.organizeImports`. */
  readonly kind: string;
  /** Found out when it is chosen; offsets in the text. */
  readonly edits: () => readonly (Span & { readonly text: string })[];
}

export interface RefactoringPlace {
  readonly file: ProcedureFile;
  readonly project: ProjectView;
}

/** Whether a rewrite is possible for what is selected; undefined when not. */
export type FindRefactoring = (place: RefactoringPlace, selection: Span) => Refactoring | undefined;

/** The white space at the start of the line that holds an offset. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "";
}

/** The statement of a block, or of the file, that the end of a path stands in. */
export function statementAround(path: readonly Node[]): Node | undefined {
  const block = path.findLastIndex(({ kind }) => kind === "Block");
  return path[block + 1];
}
