import { fail, ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { SourceTree, TreeEntry, TreeFile, TreeSource } from "#review/trees/source-tree.ts";
import { WalkableTree } from "#review/trees/walkable-tree.ts";
import type { ObjectDatabase } from "./object-database.ts";
import { parseTreeObject } from "./tree-object.ts";

/** A folder with more bytes has hundreds of thousands of files. */
const mostTreeBytes = 16 * 1024 * 1024;
/** Folders whose content is kept, since trees may hold one in many places. */
const mostKept = 2000;

/** The tree of a commit. */
export async function openGitTree(
  objects: ObjectDatabase,
  commit: string,
): Promise<Result<SourceTree, ReviewProblem>> {
  const root = await objects.treeOf(commit);
  return root.ok ? ok(new WalkableTree(new GitTree(objects, commit, root.value))) : root;
}

class GitTree implements TreeSource {
  readonly name: string;
  readonly #objects: ObjectDatabase;
  readonly #root: string;
  readonly #contents = new Map<string, Promise<Result<Buffer, ReviewProblem>>>();

  constructor(objects: ObjectDatabase, commit: string, root: string) {
    this.name = commit;
    this.#objects = objects;
    this.#root = root;
  }

  async folder(entry?: TreeEntry): Promise<Result<readonly TreeEntry[], ReviewProblem>> {
    const id = entry?.id ?? this.#root;
    const content = await this.#content(id);
    if (!content.ok) return content;
    const folder = entry ? `${entry.path}/` : "";
    const entries = parseTreeObject(content.value, { idBytes: id.length / 2, folder });
    return entries ? ok(entries) : fail(noTree(id));
  }

  #content(id: string): Promise<Result<Buffer, ReviewProblem>> {
    const known = this.#contents.get(id);
    if (known) return known;
    const content = this.#objects.read(id, "tree", mostTreeBytes);
    if (this.#contents.size < mostKept) this.#contents.set(id, content);
    return content;
  }

  async read(file: TreeFile, mostBytes: number): Promise<Result<Uint8Array, ReviewProblem>> {
    if (file.kind !== "submodule") return await this.#objects.read(file.id, "blob", mostBytes);
    return fail({
      code: "object-missing",
      message: `${file.path} is a submodule: another repository, which is not part of the change.`,
    });
  }
}

function noTree(id: string): ReviewProblem {
  return {
    code: "object-invalid",
    message: `The folder ${id} of the change is not as git writes folders, or names an entry twice.`,
    remedy: "Don't check the change out: it was made by hand to confuse tools.",
  };
}
