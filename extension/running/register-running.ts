import * as vscode from "vscode";
import { journalFile } from "#runs/journal/journal-folder.ts";
import { canResume, type RunNode } from "#runs/tree/run-node.ts";
import { pickRun } from "../runs-view/pick-run.ts";
import type { ListedRun, RunCollection } from "../runs-view/run-collection.ts";
import { registerTrustedCommand } from "../trust/restricted-mode.ts";
import { targetOf } from "./procedure-file.ts";
import type { RunController } from "./run-controller.ts";

/** Registers the commands that start and end runs and open their journals. */
export function registerRunning(controller: RunController, runs: RunCollection): vscode.Disposable {
  const onRun =
    (name: string, act: (run: ListedRun) => unknown) =>
    async (node?: RunNode): Promise<unknown> => {
      const run = (node && runs.runOf(node)) ?? (await pickRun(fittingRuns(runs, name)));
      return run && act(run);
    };
  const command = (name: string, act: (run: ListedRun) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(name, onRun(name, act));
  const trusted = (name: string, act: (run: ListedRun) => unknown): vscode.Disposable =>
    registerTrustedCommand(name, onRun(name, act));
  return vscode.Disposable.from(
    registerTrustedCommand("tactus.run", async (target?: unknown, procedure?: unknown) => {
      // Menus pass a Uri and a second argument of their own; the lens above a procedure passes two texts.
      const name = typeof procedure === "string" ? procedure : undefined;
      await controller.run(targetOf(target), name);
    }),
    keepContext(),
    command("tactus.cancelRun", (run) => run.cancel?.()),
    trusted("tactus.runAgain", (run) => controller.again(run)),
    command("tactus.openJournal", openJournal),
    registerTrustedCommand("tactus.forkRun", async (node?: RunNode) => {
      const run = node && runs.runOf(node);
      if (run && node?.content.kind === "checkpoint") await controller.fork(run, node.content.event.index);
    }),
    trusted("tactus.resumeRun", ({ tree, workspaceRoot }) => controller.resume(workspaceRoot, tree.root.id)),
  );
}

/** The welcome text and the view's title depend on whether there is something to run. */
function keepContext(): vscode.Disposable {
  const update = (editor: vscode.TextEditor | undefined): void => {
    const open = editor?.document.languageId === "tactus";
    void vscode.commands.executeCommand("setContext", "tactus.procedureOpen", open);
  };
  update(vscode.window.activeTextEditor);
  return vscode.window.onDidChangeActiveTextEditor(update);
}

async function openJournal({ journalFolder }: ListedRun): Promise<void> {
  const journal = vscode.Uri.joinPath(vscode.Uri.file(journalFolder), journalFile);
  await vscode.window.showTextDocument(journal, { preview: true });
}

function fittingRuns(runs: RunCollection, command: string): readonly ListedRun[] {
  if (command === "tactus.cancelRun") return runs.active;
  return command === "tactus.resumeRun" ? runs.runs.filter(({ tree }) => canResume(tree.root)) : runs.runs;
}
