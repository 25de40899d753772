import type * as vscode from "vscode";
import { elapsedText } from "#common/measures.ts";
import { oneLine } from "#common/visible-text.ts";
import type { RunContent } from "#runs/tree/run-node.ts";
import { StatusBarEntry } from "../screen/status-items.ts";
import type { RunCollection } from "./run-collection.ts";

/** The status-bar item that is there while something runs: what, for how long, a click shows it. */
export class RunStatusItem implements vscode.Disposable {
  readonly #entry = new StatusBarEntry({
    id: "tactus.run",
    name: "Tactus Run",
    icon: "loading~spin",
    command: "tactus.revealActiveRun",
  });
  readonly #runs: RunCollection;
  readonly #stopListening: () => void;
  #clock: NodeJS.Timeout | undefined;

  constructor(runs: RunCollection) {
    this.#runs = runs;
    this.#stopListening = runs.onChange(() => this.#update());
  }

  dispose(): void {
    this.#stopListening();
    clearInterval(this.#clock);
    this.#entry.dispose();
  }

  #update(): void {
    const running = this.#runs.active;
    if (running.length === 0) {
      clearInterval(this.#clock);
      this.#clock = undefined;
      this.#entry.hide();
      return;
    }
    this.#clock ??= setInterval(() => this.#update(), 1000);
    this.#draw(running.map(({ tree }) => tree.root.content));
  }

  #draw(running: readonly RunContent[]): void {
    const [first] = running;
    const since = first?.started ? elapsedText(Date.now() - Date.parse(first.started)) : "starting";
    const name = running.length === 1 ? oneLine(first?.file ?? "run", 30) : `${running.length} runs`;
    this.#entry.show({
      text: `${name} ${since}`,
      tooltip: `Tactus: ${name} is running. Click to show it.`,
      spoken: `Tactus: ${name} is running, ${since}`,
    });
  }
}
