import * as vscode from "vscode";
import { visibleText } from "#common/visible-text.ts";
import {
  type EffectiveConfigAnswer,
  type EffectiveConfigParams,
  effectiveConfigMethod,
} from "#protocol/editor/effective-config.ts";
import type { TextDocuments } from "../approvals/text-documents.ts";
import type { LanguageClientLife } from "./language-client.ts";

/** Shows what all config files together come to for the open file, each value with its origin, as a plain document. */
export async function showEffectiveConfiguration(
  languageClient: LanguageClientLife,
  documents: TextDocuments,
): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  if (!uri) {
    void vscode.window.showInformationMessage("Open a .tac file, a sidecar or a folder first.");
    return;
  }
  const params: EffectiveConfigParams = { uri: uri.toString() };
  const answer = await languageClient.request<EffectiveConfigAnswer>(effectiveConfigMethod, params);
  if (answer) await documents.show("Effective Configuration", visibleText(answer.text));
  else void vscode.window.showErrorMessage("The language server did not answer; its log says why.");
}
