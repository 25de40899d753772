import type * as vscode from "vscode";

/** The code of a diagnostic, which has the address of its page beside it when the page is known. */
export function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === "object" ? code.value : code;
}
