import * as vscode from "vscode";
import type { ExtensionApi } from "#extension/activation/main.ts";
import type { ListedRun } from "#extension/runs-view/run-collection.ts";

/** The extension, activated. */
export async function extensionApi(): Promise<ExtensionApi> {
  const extension = vscode.extensions.getExtension<ExtensionApi>("tactus-studio.tactus-studio");
  if (!extension) throw new Error("the extension is not there");
  return extension.activate();
}

/** A file of the opened folder. */
export function fileOf(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error("no folder is open");
  return vscode.Uri.joinPath(folder.uri, name);
}

/** Starts a run as the command does. */
export async function startRun(name: string): Promise<ListedRun> {
  const run = await (await extensionApi()).run(fileOf(name));
  if (!run) throw new Error(`${name} was not started`);
  return run;
}
