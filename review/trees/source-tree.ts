import type { Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";

/** What an entry of a tree is. Links are never followed, submodules never entered. */
export type TreeFileKind = "file" | "executable" | "link" | "submodule";

/** One entry of a folder. */
export interface TreeEntry {
  /**
   * Relative to the root, with `/`. What could be mistaken for something else is written `\xHH`: bytes that are no UTF-8,
   * backslashes, a slash within a name, and names that lead elsewhere (`..`).
   */
  readonly path: string;
  readonly kind: TreeFileKind | "folder";
  /** The same id is the same content. */
  readonly id: string;
}

export interface TreeFile extends TreeEntry {
  readonly kind: TreeFileKind;
}

/** What a kind of tree has to be able to do; the rest follows. */
export interface TreeSource {
  /** As reports name it: a commit, or `patch`. */
  readonly name: string;
  /** The entries of a folder; without one, of the root. */
  folder(entry?: TreeEntry): Promise<Result<readonly TreeEntry[], ReviewProblem>>;
  /** The bytes of a file (of a link: where it leads). Fails on more than `mostBytes`, and for a submodule. */
  read(file: TreeFile, mostBytes: number): Promise<Result<Uint8Array, ReviewProblem>>;
}

/** The files of one side of a change, read where they are; nothing is written, nothing is run. */
export interface SourceTree extends TreeSource {
  /** The file at a path; undefined when there is none. */
  find(path: string): Promise<Result<TreeFile | undefined, ReviewProblem>>;
  /** Every file below a folder (`""` is the root). Fails on more than `most`. */
  list(folder: string, most: number): Promise<Result<readonly TreeFile[], ReviewProblem>>;
}
