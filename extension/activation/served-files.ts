import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { fileKindOf } from "#language/diagnostics/file-kind.ts";
import { reviewScheme } from "#protocol/editor/review-scheme.ts";
import {
  findFilesMethod,
  listFolderMethod,
  readFileMethod,
  type WorkspaceFileParams,
} from "#protocol/editor/workspace-files.ts";

/** Larger files are no sources of anybody. */
const largestFile = 4 << 20;

/** A workspace in a browser is often far away: each folder is a request. */
const mostFolders = 2000;
const mostFiles = 5000;

/** Reads files for a language server: those that `isServed` lets it have, and no others. */
export function serveFiles(
  client: BaseLanguageClient,
  isServed: (uri: vscode.Uri) => boolean,
): vscode.Disposable {
  async function served<Answer>(
    text: string,
    read: (uri: vscode.Uri) => Promise<Answer>,
    otherwise: Answer,
  ): Promise<Answer> {
    const uri = vscode.Uri.parse(text);
    return isServed(uri) ? read(uri) : otherwise;
  }
  return vscode.Disposable.from(
    client.onRequest(readFileMethod, ({ uri }: WorkspaceFileParams) => served(uri, readText, null)),
    client.onRequest(listFolderMethod, ({ uri }: WorkspaceFileParams) => served(uri, listFolder, [])),
    client.onRequest(findFilesMethod, ({ uri }: WorkspaceFileParams, token: vscode.CancellationToken) =>
      served(uri, (folder) => findFiles(folder, token), []),
    ),
  );
}

/** The files of the workspace, wherever it is: all that a server in a browser may read. */
export function isInWorkspace(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined;
}

/** The files of a change under review: all that a server on a machine has to ask for. */
export function isReviewed(uri: vscode.Uri): boolean {
  return uri.scheme === reviewScheme;
}

async function readText(uri: vscode.Uri): Promise<string | null> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type !== vscode.FileType.File || size > largestFile) return null;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return null;
    throw error;
  }
}

async function listFolder(uri: vscode.Uri): Promise<readonly string[]> {
  const entries = await readFolder(uri);
  return entries.map(([name, type]) => (type === vscode.FileType.Directory ? `${name}/` : name));
}

/** Level by level, so that what is nearest is found when there is too much. Links are left out. */
async function findFiles(root: vscode.Uri, token: vscode.CancellationToken): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [root];
  for (const folder of folders) {
    if (token.isCancellationRequested || found.length >= mostFiles) break;
    for (const [name, type] of await readFolder(folder)) {
      const uri = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.File && fileKindOf(uri.path)) found.push(uri.toString());
      else if (type === vscode.FileType.Directory && isSearched(name) && folders.length < mostFolders)
        folders.push(uri);
    }
  }
  return found;
}

async function readFolder(uri: vscode.Uri): Promise<[string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(uri);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return [];
    throw error;
  }
}

function isSearched(name: string): boolean {
  return name === ".tactus" || !(name.startsWith(".") || name === "node_modules");
}
