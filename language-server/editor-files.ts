import { CancellationTokenSource, type Connection, ResponseError } from "vscode-languageserver";
import { reviewRootOf } from "#protocol/editor/review-scheme.ts";
import {
  findFilesMethod,
  listFolderMethod,
  readFileMethod,
  type WorkspaceFileParams,
} from "#protocol/editor/workspace-files.ts";
import type { LanguageHost } from "./host.ts";

/** Files that a server reads. */
export type ServedFiles = Pick<LanguageHost, "readFile" | "findFiles" | "listFolder">;

/** The files of the editor, which reads them for its server. An editor that can't has none. */
export function editorFiles(connection: Pick<Connection, "sendRequest">): ServedFiles {
  async function ask<Answer>(method: string, uri: string, signal?: AbortSignal): Promise<Answer | undefined> {
    const params: WorkspaceFileParams = { uri };
    const cancel = new CancellationTokenSource();
    signal?.addEventListener("abort", () => cancel.cancel(), { once: true });
    try {
      return (await connection.sendRequest<Answer | null>(method, params, cancel.token)) ?? undefined;
    } catch (error) {
      // The editor does not know the request, or was cancelled: the file is out of reach.
      if (error instanceof ResponseError) return undefined;
      throw error;
    }
  }
  return {
    readFile: (uri) => ask<string>(readFileMethod, uri),
    findFiles: async (folder, signal) =>
      (await ask<readonly string[]>(findFilesMethod, folder, signal)) ?? [],
    listFolder: async (uri) => (await ask<readonly string[]>(listFolderMethod, uri)) ?? [],
  };
}

/** The files of the disk, and from the editor those of a change under review, which are on no disk. */
export function withReviewedFiles(disk: ServedFiles, editor: ServedFiles): ServedFiles {
  const holderOf = (uri: string): ServedFiles => (reviewRootOf(uri) === undefined ? disk : editor);
  return {
    readFile: (uri) => holderOf(uri).readFile(uri),
    findFiles: (folder, signal) => holderOf(folder).findFiles(folder, signal),
    listFolder: (uri) => holderOf(uri).listFolder(uri),
  };
}
