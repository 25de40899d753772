import * as vscode from "vscode";
import { oneLine } from "#common/visible-text.ts";
import { elapsedText } from "../screen/measures.ts";
import { withoutMarkup } from "../screen/without-markup.ts";
import type { RunCollection } from "./run-collection.ts";
import type { RunContent } from "./run-node.ts";

/** The status-bar item that is there while something runs: what, for how long, a click shows it. */
export class RunStatusItem implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem("tactus.run", vscode.StatusBarAlignment.Left, 10);
  readonly #runs: RunCollection;
  readonly #stopListening: () => void;
  #clock: NodeJS.Timeout | undefined;

  constructor(runs: RunCollection) {
    this.#runs = runs;
    this.#item.name = "Tactus Run";
    this.#item.command = "tactus.revealActiveRun";
    this.#stopListening = runs.onChange(() => this.#update());
  }

  dispose(): void {
    this.#stopListening();
    clearInterval(this.#clock);
    this.#item.dispose();
  }

  #update(): void {
    const running = this.#runs.active;
    if (running.length === 0) {
      clearInterval(this.#clock);
      this.#clock = undefined;
      this.#item.hide();
      return;
    }
    this.#clock ??= setInterval(() => this.#update(), 1000);
    this.#draw(running.map(({ tree }) => tree.root.content));
    this.#item.show();
  }

  #draw(running: readonly RunContent[]): void {
    const [first] = running;
    const since = first?.started ? elapsedText(Date.now() - Date.parse(first.started)) : "starting";
    const name =
      running.length === 1 ? withoutMarkup(oneLine(first?.file ?? "run", 30)) : `${running.length} runs`;
    this.#item.text = `$(loading~spin) ${name} ${since}`;
    this.#item.tooltip = `Tactus: ${name} is running. Click to show it.`;
    this.#item.accessibilityInformation = { label: `Tactus: ${name} is running, ${since}` };
  }
}
