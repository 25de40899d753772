import * as vscode from "vscode";
import { errorText } from "#common/error-text.ts";
import { fail, ok } from "#common/result.ts";
import type { RunNode } from "#runs/tree/run-node.ts";
import { pickRun } from "../runs-view/pick-run.ts";
import type { RunCollection } from "../runs-view/run-collection.ts";
import { exportPage } from "./export-page.ts";

/** Registers the export of runs. It reads a journal and writes where the person says: it needs no trust. */
export function registerReports(runs: RunCollection, extensionFolder: string): vscode.Disposable {
  return vscode.commands.registerCommand("tactus.exportRun", async (node?: RunNode, folder?: unknown) => {
    const run = (node && runs.runOf(node)) ?? (await pickRun(runs.runs));
    if (!run) return;
    await exportPage({
      extensionFolder,
      name: `run-${run.tree.root.id}`,
      folder: folder instanceof vscode.Uri ? folder : undefined,
      read: async () => {
        const { readRunPage } = await import("#report/run-page.ts");
        try {
          return ok(await readRunPage(run.workspaceRoot, run.tree.root.id));
        } catch (error) {
          return fail(`The journal of the run can't be read: ${errorText(error)}`);
        }
      },
    });
  });
}
