import * as vscode from "vscode";
import { oneLine } from "#common/visible-text.ts";
import { journalFile } from "#runs/journal/journal-folder.ts";
import type { ListedRun, RunCollection } from "../runs-view/run-collection.ts";
import type { RunNode } from "../runs-view/run-node.ts";
import { withoutMarkup } from "../screen/without-markup.ts";
import { ProcedureLenses } from "./procedure-lenses.ts";
import type { RunController } from "./run-controller.ts";
import type { DescribeProcedures } from "./run-session.ts";

/** Registers the commands that start, end and open runs, and the lenses above procedures. */
export function registerRunning(
  controller: RunController,
  runs: RunCollection,
  describe: DescribeProcedures,
): vscode.Disposable {
  const command = (name: string, act: (run: ListedRun) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(name, async (node?: RunNode) => {
      const run = (node && runs.runOf(node)) ?? (await pickRun(runs, name));
      return run && act(run);
    });
  return vscode.Disposable.from(
    vscode.commands.registerCommand("tactus.run", async (target?: unknown, procedure?: unknown) => {
      // Menus pass their own second argument: only the button above a procedure passes a name.
      const name = typeof procedure === "string" ? procedure : undefined;
      await controller.run(target instanceof vscode.Uri ? target : undefined, name);
    }),
    keepContext(),
    command("tactus.cancelRun", (run) => run.cancel?.()),
    command("tactus.runAgain", (run) => controller.again(run)),
    command("tactus.openJournal", openJournal),
    vscode.languages.registerCodeLensProvider(
      { language: "tactus", scheme: "file" },
      new ProcedureLenses(describe),
    ),
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

/** From the palette there is no row: the only run that fits is meant, else the person picks. */
async function pickRun(runs: RunCollection, command: string): Promise<ListedRun | undefined> {
  const fitting = command === "tactus.cancelRun" ? runs.active : runs.runs;
  if (fitting.length <= 1) return fitting[0];
  const items = fitting.map((run) => {
    const { file, state, started } = run.tree.root.content;
    return {
      label: withoutMarkup(oneLine(file ?? run.tree.root.id)),
      description: `${state} ${started ?? ""}`,
      run,
    };
  });
  return (await vscode.window.showQuickPick(items, { title: "Which run?" }))?.run;
}
