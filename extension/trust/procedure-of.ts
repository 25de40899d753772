import type * as vscode from "vscode";

/** A sidecar stands for its procedure. */
export function procedureOf(uri: vscode.Uri): vscode.Uri {
  return uri.path.endsWith(".tac.yml") ? uri.with({ path: uri.path.slice(0, -".yml".length) }) : uri;
}
