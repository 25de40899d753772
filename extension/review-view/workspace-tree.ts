import * as vscode from "vscode";
import { fail, ok, type Result } from "#common/result.ts";
import type { ReviewProblem } from "#review/review-problem.ts";
import type { SourceTree, TreeEntry, TreeFile, TreeSource } from "#review/trees/source-tree.ts";
import { WalkableTree } from "#review/trees/walkable-tree.ts";

/** The files of a folder of the workspace as they are, wherever the editor has them: the base of a patch in a browser. */
export function workspaceTree(folder: vscode.Uri): SourceTree {
  return new WalkableTree(new WorkspaceFiles(folder));
}

class WorkspaceFiles implements TreeSource {
  readonly name = "workspace";
  readonly #root: vscode.Uri;

  constructor(root: vscode.Uri) {
    this.#root = root;
  }

  async folder(entry?: TreeEntry): Promise<Result<readonly TreeEntry[], ReviewProblem>> {
    const path = entry?.path ?? "";
    try {
      const found = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(this.#root, path));
      return ok(found.flatMap(([name, type]) => entryOf(path === "" ? name : `${path}/${name}`, type)));
    } catch (error) {
      return unreadable(path, error);
    }
  }

  async read({ path }: TreeFile, mostBytes: number): Promise<Result<Uint8Array, ReviewProblem>> {
    try {
      const uri = vscode.Uri.joinPath(this.#root, path);
      const { size } = await vscode.workspace.fs.stat(uri);
      if (size <= mostBytes) return ok(await vscode.workspace.fs.readFile(uri));
      return fail({ code: "tree-too-large", message: `${path} is too large to be read.` });
    } catch (error) {
      return unreadable(path, error);
    }
  }
}

/** Links are not followed: what they lead to is no part of the tree. A place stands for its content. */
function entryOf(path: string, type: vscode.FileType): readonly TreeEntry[] {
  const { Directory, File } = vscode.FileType;
  if (path === ".git" || (type !== Directory && type !== File)) return [];
  return [{ path, kind: type === Directory ? "folder" : "file", id: path }];
}

function unreadable(path: string, error: unknown): Result<never, ReviewProblem> {
  if (!(error instanceof vscode.FileSystemError)) throw error;
  return fail({ code: "repository-unreadable", message: `${path || "The folder"} can't be read.` });
}
