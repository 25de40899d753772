import path from "node:path";
import { ChangeSetStore, type Originals } from "./change-set-store.ts";
import { CheckedWorkspace } from "./checked-workspace.ts";
import { ConfinedFolder } from "./confined-folder.ts";
import type { FileStore } from "./file-store.ts";
import { type FileTree, TreeFiles } from "./file-tree.ts";
import { FolderStore } from "./folder-store.ts";
import { GitIgnored } from "./git-ignored.ts";
import { MemoryStore } from "./memory-store.ts";
import type { RunWorkspace, WorkspaceMode } from "./workspace.ts";

interface WorkspaceOptions {
  readonly mode: WorkspaceMode;
  /** Absolute path of the workspace. */
  readonly root: string;
  /** The procedure, relative to the root: modules are looked for beside it. */
  readonly procedureFile: string;
  /** Where `copy` keeps what the run wrote; made at the first write. */
  readonly changesFolder: string;
  /** What `copy` begins with in place of the folder at the root; there is nothing to `mount` then. */
  readonly tree?: FileTree | undefined;
}

/** Opens the files of a run. */
export function openWorkspace(options: WorkspaceOptions): RunWorkspace {
  const { procedureFile, root } = options;
  return new CheckedWorkspace(openStore(options), { procedureFile, rootName: path.basename(root) });
}

function openStore({ mode, root, changesFolder, tree }: WorkspaceOptions): FileStore {
  if (mode === "none") return new MemoryStore();
  if (mode === "mount" && !tree) return new FolderStore(root);
  return new ChangeSetStore(tree ? originalsOf(tree) : folderOriginals(root), changesFolder);
}

function folderOriginals(root: string): Originals {
  const files = new ConfinedFolder(root);
  const ignored = new GitIgnored(files, root);
  return { files, isIgnored: (path, kind) => ignored.covers(path, kind), isCopied: true };
}

/** What is in a commit, git does not ignore; nothing of it comes to the disk. */
function originalsOf(tree: FileTree): Originals {
  return { files: new TreeFiles(tree), isIgnored: async () => false, isCopied: false };
}
