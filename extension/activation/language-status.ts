import * as vscode from "vscode";
import type { BaseLanguageClient, StaticFeature } from "vscode-languageclient";
import { type ServerStatus, serverStatusMethod } from "#protocol/editor/server-status.ts";

/** Tells the server that its status is shown. */
export const showingStatus: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    capabilities.experimental = { ...capabilities.experimental, serverStatusNotification: true };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

/** How the language server is, beside the language of our files: nothing pops up, and nobody has to look for a log. */
export class LanguageStatus {
  readonly #item: vscode.LanguageStatusItem;

  constructor() {
    this.#item = vscode.languages.createLanguageStatusItem("tactus.languageServer", { language: "tactus" });
    this.#item.name = "Tactus language server";
    this.#item.command = { command: "tactus.restartLanguageServer", title: "Restart" };
    this.starting();
  }

  starting(): void {
    this.#show({ text: "Starting", busy: true });
  }

  /** There is no server; the reason is for people. */
  stopped(reason: string): void {
    this.#show({ text: "Not running", detail: reason, severity: vscode.LanguageStatusSeverity.Error });
  }

  /** Shows what a server tells of itself from now on. */
  follow(client: BaseLanguageClient): vscode.Disposable {
    return client.onNotification(serverStatusMethod, ({ health, quiescent, message }: ServerStatus) =>
      this.#show({
        text: quiescent ? "Ready" : "Reading the workspace",
        busy: !quiescent,
        severity: severities[health],
        ...(message !== undefined && { detail: message }),
      }),
    );
  }

  dispose(): void {
    this.#item.dispose();
  }

  #show({
    text,
    busy = false,
    detail = "",
    severity = vscode.LanguageStatusSeverity.Information,
  }: Shown): void {
    this.#item.text = text;
    this.#item.busy = busy;
    this.#item.detail = detail;
    this.#item.severity = severity;
  }
}

interface Shown {
  readonly text: string;
  readonly busy?: boolean;
  readonly detail?: string;
  readonly severity?: vscode.LanguageStatusSeverity;
}

const severities = {
  ok: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};
