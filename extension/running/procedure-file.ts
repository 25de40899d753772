import * as vscode from "vscode";
import { notice } from "../screen/notices.ts";

/** What a command is about: lenses pass a text, menus a Uri. */
export function targetOf(argument: unknown): vscode.Uri | undefined {
  if (typeof argument === "string") return vscode.Uri.parse(argument);
  return argument instanceof vscode.Uri ? argument : undefined;
}

/** The procedure that a command is about, saved: what runs is what is on the screen. Says why when there is none. */
export async function savedProcedure(
  target: vscode.Uri | undefined,
): Promise<vscode.TextDocument | undefined> {
  const uri = target ?? vscode.window.activeTextEditor?.document.uri;
  if (!uri?.path.endsWith(".tac")) {
    void notice.information("Open a .tac file, then run it.");
    return undefined;
  }
  if (uri.scheme !== "file") {
    void notice.error("A procedure runs from a file on disk: save this one first.");
    return undefined;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty && !(await document.save())) {
    void notice.error("The file could not be saved, so it was not run.");
    return undefined;
  }
  return document;
}
