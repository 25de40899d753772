import * as vscode from "vscode";
import type { RunNode } from "#runs/tree/run-node.ts";
import { EditorPrompts } from "../approvals/editor-prompts.ts";
import type { ListedRun, RunCollection } from "../runs-view/run-collection.ts";
import { notice } from "../screen/notices.ts";
import type { TextDocuments } from "../screen/text-documents.ts";
import { registerTrustedCommand } from "../trust/restricted-mode.ts";
import { ChangeDesk, type ChangeDeskParts, type ChangedRun } from "./change-desk.ts";

/** Registers the commands of changed files in the Runs view. */
export function registerChanges(runs: RunCollection, documents: TextDocuments): vscode.Disposable {
  const desk = new ChangeDesk(deskParts(documents));
  const onRun =
    (act: (run: ChangedRun, paths: readonly string[]) => Promise<void>) =>
    async (node?: RunNode): Promise<void> => {
      const listed = node && runs.runOf(node);
      const paths = node && pathsOf(node);
      if (!listed || !paths) return;
      const run = { run: listed.tree.root.id, workspaceRoot: listed.workspaceRoot };
      await act(run, paths);
      await showDecisions(runs, listed, run);
    };
  const show = async (run: ChangedRun, paths: readonly string[]): Promise<void> => {
    for (const path of paths) await desk.show(run, path);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand("tactus.showChange", onRun(show)),
    registerTrustedCommand(
      "tactus.applyChange",
      onRun((run, paths) => desk.apply(run, paths)),
    ),
    registerTrustedCommand(
      "tactus.discardChange",
      onRun((run, paths) => desk.discard(run, paths)),
    ),
  );
}

/** The files that a row stands for: one, or all of its run. */
function pathsOf({ content, children }: RunNode): readonly string[] | undefined {
  if (content.kind === "change") return [content.change.path];
  if (content.kind !== "changes") return undefined;
  return children.flatMap((child) => (child.content.kind === "change" ? [child.content.change.path] : []));
}

function deskParts(documents: TextDocuments): ChangeDeskParts {
  return {
    open: async ({ workspaceRoot, run }) => (await runChangesCode()).runChanges(workspaceRoot, run),
    openToApply: async ({ workspaceRoot, run }) =>
      (await runChangesCode()).applicableChanges(workspaceRoot, run),
    show: ({ title, before, after }) => documents.difference(title, before, after),
    prompts: ({ workspaceRoot }, showAll) =>
      new EditorPrompts({ workspaceRoot, signal: new AbortController().signal, showAll }),
    tell: (problem) => void notice.error(problem),
  };
}

async function showDecisions(runs: RunCollection, listed: ListedRun, run: ChangedRun): Promise<void> {
  const { runChanges } = await runChangesCode();
  const changes = await runChanges(run.workspaceRoot, run.run);
  if (changes.ok) runs.settleChanges(listed, await changes.value.settled());
}

/** The code is loaded when it is needed, not when the editor starts. */
function runChangesCode(): Promise<typeof import("#runs/session/run-changes.ts")> {
  return import("#runs/session/run-changes.ts");
}
