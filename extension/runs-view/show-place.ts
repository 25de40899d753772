import * as vscode from "vscode";
import type { At } from "#protocol/events/events.ts";
import { fileInside } from "./file-inside.ts";

/** Opens the line of the source that an event names. A place outside the workspace of its run is not opened. */
export async function showPlace(workspaceRoot: string, place: At): Promise<void> {
  const file = fileInside(workspaceRoot, place.file);
  if (!file) return;
  const line = new vscode.Position(place.line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.file(file), { selection: new vscode.Range(line, line) });
}
