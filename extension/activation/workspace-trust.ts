import * as vscode from "vscode";
import type { BaseLanguageClient, StaticFeature } from "vscode-languageclient";
import { type WorkspaceTrust, workspaceTrustMethod } from "#protocol/editor/workspace-trust.ts";

/** Tells a server whether the folder is trusted: when it has started, and when the person comes to trust it. */
export function tellingTrust(client: BaseLanguageClient): StaticFeature {
  const tell = (): void => {
    const trust: WorkspaceTrust = { isTrusted: vscode.workspace.isTrusted };
    void client.sendNotification(workspaceTrustMethod, trust);
  };
  let granted: vscode.Disposable | undefined;
  return {
    fillClientCapabilities: () => undefined,
    initialize: () => {
      tell();
      granted = vscode.workspace.onDidGrantWorkspaceTrust(tell);
    },
    getState: () => ({ kind: "static" }),
    clear: () => granted?.dispose(),
  };
}
