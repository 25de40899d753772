import type { Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";

/** What an entry of a tree is. Links are never followed, submodules never entered. */
export type TreeFileKind = "file" | "executable" | "link" | "submodule";

/** One file of a tree, by its name alone. */
export interface TreeFile {
  /** Relative to the root, with `/`; bytes that are no UTF-8 are written `\xHH`. */
  readonly path: string;
  readonly kind: TreeFileKind;
  /** The same id is the same content. */
  readonly id: string;
}

/** The files of one side of a change, read where they are; nothing is written, nothing is run. */
export interface SourceTree {
  /** As reports name it: a commit, or `patch`. */
  readonly name: string;
  /** The entry at a path; undefined when there is no file. */
  find(path: string): Promise<Result<TreeFile | undefined, ReviewProblem>>;
  /** Every file below a folder (`""` is the root), in the order of their paths. Fails on more than `most`. */
  list(folder: string, most: number): Promise<Result<readonly TreeFile[], ReviewProblem>>;
  /** The bytes of a file (of a link: where it leads). Fails on more than `mostBytes`. */
  read(file: TreeFile, mostBytes: number): Promise<Result<Uint8Array, ReviewProblem>>;
}
