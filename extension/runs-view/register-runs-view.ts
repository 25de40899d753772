import * as vscode from "vscode";
import type { RunNode } from "#runs/tree/run-node.ts";
import { showTree } from "../screen/tree-rows.ts";
import type { RunCollection } from "./run-collection.ts";
import { RunStatusItem } from "./run-status-item.ts";
import { RunsTreeProvider } from "./runs-tree-provider.ts";
import { showPlace } from "./show-place.ts";

/** The Runs view of the editor, and how others bring a run into sight. */
export interface RunsView extends vscode.Disposable {
  readonly provider: RunsTreeProvider;
  reveal(run: RunNode): Promise<void>;
}

/** Creates the view, its status-bar item and the commands that belong to rows. */
export function registerRunsView(runs: RunCollection): RunsView {
  const provider = new RunsTreeProvider(runs);
  const view = showTree("tactus.runs", provider, { showCollapseAll: true });
  const stopContext = keepContext(runs);
  const reveal = async (run: RunNode): Promise<void> => {
    await view.reveal(run, { select: true, focus: false, expand: true });
  };
  const parts = [
    provider,
    view,
    new RunStatusItem(runs),
    vscode.commands.registerCommand("tactus.showPlace", showPlace),
    vscode.commands.registerCommand("tactus.revealActiveRun", async () => {
      const run = runs.active[0] ?? runs.runs[0];
      if (run) await reveal(run.tree.root);
    }),
    vscode.commands.registerCommand("tactus.clearFinished", () => runs.clearFinished()),
    { dispose: stopContext },
  ];
  return {
    provider,
    reveal,
    dispose: () => {
      for (const part of parts.toReversed()) part.dispose();
    },
  };
}

/** Keeps the context keys of the menus true: only a change is sent, since each one redraws every menu. */
function keepContext(runs: RunCollection): () => void {
  const sent = new Map<string, boolean>();
  const send = (key: string, value: boolean): void => {
    if (sent.get(key) === value) return;
    sent.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  };
  const update = (): void => {
    send("tactus.running", runs.active.length > 0);
    send("tactus.hasRuns", runs.runs.length > 0);
  };
  update();
  return runs.onChange(update);
}
