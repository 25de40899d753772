import * as vscode from "vscode";
import { showBadge, showTree, TreeRow } from "../screen/tree-rows.ts";
import { registerTrustedCommand } from "../trust/restricted-mode.ts";
import type { Inbox, OpenQuestion } from "./inbox.ts";
import { questionAppearance } from "./question-appearance.ts";

/** The view of all open questions, with their number as a badge, and the commands of its rows. */
export function registerQuestionsView(inbox: Inbox, refresh: () => void): vscode.Disposable {
  const changes = new vscode.EventEmitter<void>();
  const view = showTree<OpenQuestion>("tactus.questions", {
    onDidChangeTreeData: changes.event,
    getChildren: (row) => (row ? [] : [...inbox.questions]),
    getTreeItem: treeRow,
  });
  const update = (): void => {
    const count = inbox.questions.length;
    showBadge(view, count, count === 1 ? "1 question waits for you" : `${count} questions wait for you`);
    void vscode.commands.executeCommand("setContext", "tactus.hasQuestions", count > 0);
    changes.fire();
  };
  update();
  return vscode.Disposable.from(
    changes,
    view,
    new vscode.Disposable(inbox.onChange(update)),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && refresh()),
    registerTrustedCommand("tactus.answerQuestion", async (row?: OpenQuestion) => {
      await (row ?? inbox.questions[0])?.show();
    }),
    registerTrustedCommand("tactus.putQuestionAside", (row?: OpenQuestion) =>
      (row ?? inbox.questions.find(({ putAside }) => putAside))?.putAside?.(),
    ),
  );
}

function treeRow(open: OpenQuestion): TreeRow {
  return new TreeRow({
    id: open.id,
    ...questionAppearance(open, new Date()),
    icon: { name: "bell-dot", color: "problemsWarningIcon.foreground" },
    contextValue: open.putAside ? "tactus.question.asked" : "tactus.question.waiting",
    command: { command: "tactus.answerQuestion", title: "Answer", arguments: [open] },
  });
}
