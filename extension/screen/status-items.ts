import * as vscode from "vscode";
import { plainLabel } from "./plain-label.ts";

/** An item of the status bar with an icon of ours; what it says may come from anywhere. */
export class StatusBarEntry implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  readonly #icon: string;

  constructor(options: {
    readonly id: string;
    readonly name: string;
    readonly icon: string;
    readonly command: string;
  }) {
    this.#item = vscode.window.createStatusBarItem(options.id, vscode.StatusBarAlignment.Left, 10);
    this.#item.name = options.name;
    this.#item.command = options.command;
    this.#icon = options.icon;
  }

  show({ text, tooltip, spoken }: { text: string; tooltip: string; spoken: string }): void {
    this.#item.text = `$(${this.#icon}) ${plainLabel(text, 60)}`;
    this.#item.tooltip = plainLabel(tooltip);
    this.#item.accessibilityInformation = { label: plainLabel(spoken) };
    this.#item.show();
  }

  hide(): void {
    this.#item.hide();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** What a language status says. */
export interface LanguageState {
  readonly text: string;
  readonly detail?: string;
  readonly isBusy?: boolean;
  readonly health?: "ok" | "warning" | "error";
}

/** An entry beside the language of a file. VS Code reads icons and links in its texts. */
export class LanguageStatusEntry implements vscode.Disposable {
  readonly #item: vscode.LanguageStatusItem;

  constructor(options: {
    readonly id: string;
    readonly language: string;
    readonly name: string;
    readonly command: vscode.Command;
  }) {
    this.#item = vscode.languages.createLanguageStatusItem(options.id, { language: options.language });
    this.#item.name = options.name;
    this.#item.command = options.command;
  }

  show({ text, detail = "", isBusy = false, health = "ok" }: LanguageState): void {
    this.#item.text = plainLabel(text, 60);
    this.#item.detail = plainLabel(detail, 300);
    this.#item.busy = isBusy;
    this.#item.severity = severities[health];
  }

  dispose(): void {
    this.#item.dispose();
  }
}

const severities = {
  ok: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

/** Shows that something is under way, in a view of ours or in the status bar with words of ours. */
export async function whileUnderWay<Value>(
  place: { readonly viewId: string } | { readonly words: string },
  act: () => Promise<Value>,
): Promise<Value> {
  const options =
    "viewId" in place
      ? { location: { viewId: place.viewId } }
      : { location: vscode.ProgressLocation.Window, title: plainLabel(place.words) };
  return vscode.window.withProgress(options, act);
}
