import * as vscode from "vscode";
import type { GrantedValue } from "#protocol/editor/effective-config.ts";
import { runRequest } from "../running/run-request.ts";
import { readSettings } from "../settings/settings.ts";
import { procedureOf } from "./procedure-of.ts";

/** What was granted on this machine counts in a folder that is trusted, for files as they are on disk. */
export async function grantedValues(uri: vscode.Uri): Promise<readonly GrantedValue[]> {
  const procedure = procedureOf(uri);
  const folder = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  const isSaved = vscode.workspace.textDocuments.every(({ isDirty }) => !isDirty);
  if (!procedure.path.endsWith(".tac") || !folder || !isSaved || !vscode.workspace.isTrusted) return [];
  const { preparePlan } = await import("#runs/session/plan.ts");
  const plan = await preparePlan(
    runRequest({ file: procedure.fsPath, folder, trusted: true, settings: readSettings(uri), input: {} }),
  );
  if (!plan.ok) return [];
  return plan.value.asked.flatMap(({ state, file, path }) => (state === "granted" ? [{ file, path }] : []));
}
