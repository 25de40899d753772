import path from "node:path";
import { ChangeSetStore } from "./change-set-store.ts";
import { CheckedWorkspace } from "./checked-workspace.ts";
import type { FileStore } from "./file-store.ts";
import { FolderStore } from "./folder-store.ts";
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
}

/** Opens the files of a run. */
export function openWorkspace(options: WorkspaceOptions): RunWorkspace {
  const { procedureFile, root } = options;
  return new CheckedWorkspace(openStore(options), { procedureFile, rootName: path.basename(root) });
}

function openStore({ mode, root, changesFolder }: WorkspaceOptions): FileStore {
  if (mode === "mount") return new FolderStore(root);
  return mode === "copy" ? new ChangeSetStore(root, changesFolder) : new MemoryStore();
}
