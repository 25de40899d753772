import type * as vscode from "vscode";
import type { BaseLanguageClient, StaticFeature } from "vscode-languageclient";
import { type ServerStatus, serverStatusMethod } from "#protocol/editor/server-status.ts";
import { LanguageStatusEntry } from "../screen/status-items.ts";

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
  readonly #entry = new LanguageStatusEntry({
    id: "tactus.languageServer",
    language: "tactus",
    name: "Tactus language server",
    command: { command: "tactus.restartLanguageServer", title: "Restart" },
  });

  constructor() {
    this.starting();
  }

  starting(): void {
    this.#entry.show({ text: "Starting", isBusy: true });
  }

  /** There is no server; the reason is for people. */
  stopped(reason: string): void {
    this.#entry.show({ text: "Not running", detail: reason, health: "error" });
  }

  /** Shows what a server tells of itself from now on. */
  follow(client: BaseLanguageClient): vscode.Disposable {
    return client.onNotification(serverStatusMethod, ({ health, quiescent, message }: ServerStatus) =>
      this.#entry.show({
        text: quiescent ? "Ready" : "Reading the workspace",
        isBusy: !quiescent,
        health,
        ...(message !== undefined && { detail: message }),
      }),
    );
  }

  dispose(): void {
    this.#entry.dispose();
  }
}
