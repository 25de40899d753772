import { CancellationTokenSource, type Connection, ResponseError } from "vscode-languageserver";
import type { DeclarationEvaluator } from "#language/declarations/declaration-evaluator.ts";
import {
  findFilesMethod,
  listFolderMethod,
  readFileMethod,
  type WorkspaceFileParams,
} from "#protocol/editor/workspace-files.ts";
import type { LanguageHost } from "../host.ts";

/** The files of the editor, which reads them for a server in a browser. An editor that can't has none. */
export function browserHost(
  connection: Pick<Connection, "sendRequest">,
  evaluator: DeclarationEvaluator,
): LanguageHost {
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
    evaluator,
  };
}
