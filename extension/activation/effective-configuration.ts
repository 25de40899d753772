import * as vscode from "vscode";
import {
  type EffectiveConfigAnswer,
  type EffectiveConfigParams,
  effectiveConfigMethod,
} from "#protocol/editor/effective-config.ts";
import { notice } from "../screen/notices.ts";
import type { TextDocuments } from "../screen/text-documents.ts";
import { grantedValues } from "../trust/granted-values.ts";
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
