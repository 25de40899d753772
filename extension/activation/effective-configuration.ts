import * as vscode from "vscode";
import {
  type EffectiveConfigAnswer,
  type EffectiveConfigParams,
  effectiveConfigMethod,
  type GrantedValue,
} from "#protocol/editor/effective-config.ts";
import { runRequest } from "../running/run-request.ts";
import { notice } from "../screen/notices.ts";
import type { TextDocuments } from "../screen/text-documents.ts";
import { readSettings } from "../settings/settings.ts";
import { procedureOf } from "../trust/procedure-of.ts";
import type { LanguageClientLife } from "./language-client.ts";

/** Shows what all config files together come to for the open file, each value with its origin, as a plain document. */
export async function showEffectiveConfiguration(
  languageClient: LanguageClientLife,
  documents: TextDocuments,
): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!uri) {
    void notice.information("Open a .tac file, a sidecar or a folder first.");
    return;
  }
  const params: EffectiveConfigParams = { uri: uri.toString(), granted: await grantedValues(uri) };
  const answer = await languageClient.request<EffectiveConfigAnswer>(effectiveConfigMethod, params);
  if (answer) await documents.show("Effective Configuration", answer.text);
  else void notice.error("The language server did not answer; its log says why.");
}

/** What was granted on this machine counts in a folder that is trusted, for files as they are on disk. */
async function grantedValues(uri: vscode.Uri): Promise<readonly GrantedValue[]> {
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
