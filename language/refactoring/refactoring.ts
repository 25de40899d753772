import type { Project } from "#language/project/project.ts";
import type { ProcedureFile } from "#language/semantics/procedure-file.ts";
import type { Node, Span } from "#language/syntax/tree.ts";

/** An edit of a file; offsets in its text. */
export interface TextChange extends Span {
  readonly text: string;
}

/** What can be done with a piece of a file. */
export interface Refactoring {
  readonly title: string;
  /** As the protocol has them: `quickfix`, `refactor.extract`, `source.organizeImports`. */
  readonly kind: string;
  /** Found out when it is chosen. */
  readonly edits: () => readonly TextChange[];
}

export interface RefactoringPlace {
  readonly file: ProcedureFile;
  readonly project: Project;
}

/** Whether a rewrite is possible for what is selected; undefined when not. */
export type FindRefactoring = (place: RefactoringPlace, selection: Span) => Refactoring | undefined;

/** The white space at the start of the line that holds an offset. */
export function indentAt(text: string, offset: number): string {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? "";
}

/** The line break that a text is written with. */
export function lineBreakOf(text: string): string {
  return /\r\n|\n/.exec(text)?.[0] ?? "\n";
}

/** The statement of a block, or of the file, that the end of a path stands in. */
export function statementAround(path: readonly Node[]): Node | undefined {
  const block = path.findLastIndex(({ kind }) => kind === "Block");
  return path[block + 1];
}
