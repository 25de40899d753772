import type { RenameFile, RenameFilesParams, WorkspaceEdit } from "vscode-languageserver";
import { type FileMove, movedUri, moveEdits } from "#language/refactoring/move-files.ts";
import type { ServerContext, WorkspaceFeature } from "../feature.ts";
import { type FileEdit, workspaceEdit } from "./workspace-edits.ts";

/** What `require` and paths must name when a file or a folder is moved; shown before it is. Sidecars move along. */
export const willRenameFiles: WorkspaceFeature<RenameFilesParams, WorkspaceEdit | null> = {
  method: "workspace/willRenameFiles",
  capabilities: () => ({
    workspace: { fileOperations: { willRename: { filters: [{ pattern: { glob: "**" } }] } } },
  }),
  workspace: async (context, { files }) => {
    const moves = files.map(({ oldUri, newUri }) => ({
      oldUri: oldUri.replace(/\/$/, ""),
      newUri: newUri.replace(/\/$/, ""),
    }));
    const edits: FileEdit[] = [];
    for (const uri of context.project.procedureUris()) {
      if (!mayName(context.project.textOf(uri) ?? "", uri, moves)) continue;
      await context.pause();
      edits.push(...editsIn(context, uri, moves));
    }
    const sidecars = movedSidecars(context, moves);
    if (edits.length === 0 && sidecars.length === 0) return null;
    const edit = workspaceEdit(edits, context.client);
    return sidecars.length > 0
      ? { ...edit, documentChanges: [...(edit.documentChanges ?? []), ...sidecars] }
      : edit;
  },
};

/** A file that moves, or whose text has the name of something that does. */
function mayName(text: string, uri: string, moves: readonly FileMove[]): boolean {
  return moves.some(({ oldUri }) => {
    const name = decodeURIComponent(oldUri.slice(oldUri.lastIndexOf("/") + 1)).replace(/\.tac$/, "");
    return text.includes(name === "init" ? "require" : name) || movedUri(uri, moves) !== uri;
  });
}

function editsIn(
  { project, positionsOf }: ServerContext,
  uri: string,
  moves: readonly FileMove[],
): FileEdit[] {
  const file = project.procedure(uri);
  const positions = positionsOf(uri);
  if (!file || !positions) return [];
  return moveEdits(project, file, moves).map((change) => ({
    uri,
    range: positions.range(change),
    newText: change.text,
    group: "Modules and paths",
  }));
}

/** The sidecar of a file that moves alone; folders take theirs with them. */
function movedSidecars({ client, textOf }: ServerContext, moves: readonly FileMove[]): RenameFile[] {
  const { documentChanges, resourceOperations = [] } = client.workspace?.workspaceEdit ?? {};
  if (!documentChanges || !resourceOperations.includes("rename")) return [];
  return moves.flatMap(({ oldUri, newUri }) => {
    const sidecar = `${oldUri}.yml`;
    const isProcedure = oldUri.endsWith(".tac") && newUri.endsWith(".tac");
    const isMoved = moves.some((other) => other.oldUri === sidecar);
    if (!isProcedure || isMoved || textOf(sidecar) === undefined || textOf(`${newUri}.yml`) !== undefined)
      return [];
    return [{ kind: "rename" as const, oldUri: sidecar, newUri: `${newUri}.yml` }];
  });
}
