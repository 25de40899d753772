import * as vscode from "vscode";
import type { Inbox, OpenQuestion } from "./inbox.ts";
import { questionAppearance } from "./question-appearance.ts";

/** The view of all open questions, with their number as a badge, and the commands of its rows. */
export function registerQuestionsView(inbox: Inbox, refresh: () => void): vscode.Disposable {
  const changes = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView("tactus.questions", {
    treeDataProvider: {
      onDidChangeTreeData: changes.event,
      getChildren: (row?: OpenQuestion) => (row ? [] : [...inbox.questions]),
      getTreeItem: treeItem,
    },
  });
  const update = (): void => {
    const count = inbox.questions.length;
    const tooltip = count === 1 ? "1 question waits for you" : `${count} questions wait for you`;
    view.badge = count === 0 ? undefined : { value: count, tooltip };
    void vscode.commands.executeCommand("setContext", "tactus.hasQuestions", count > 0);
    changes.fire();
  };
  update();
  return vscode.Disposable.from(
    changes,
    view,
    new vscode.Disposable(inbox.onChange(update)),
    vscode.window.onDidChangeWindowState(({ focused }) => focused && refresh()),
    vscode.commands.registerCommand("tactus.answerQuestion", async (row?: OpenQuestion) => {
      await (row ?? inbox.questions[0])?.show();
    }),
    vscode.commands.registerCommand("tactus.putQuestionAside", (row?: OpenQuestion) =>
      (row ?? inbox.questions.find(({ putAside }) => putAside))?.putAside?.(),
    ),
  );
}

function treeItem(open: OpenQuestion): vscode.TreeItem {
  const { label, description, tooltip, spoken } = questionAppearance(open, new Date());
  const item = new vscode.TreeItem(label);
  item.id = open.id;
  item.description = description;
  item.tooltip = tooltip;
  item.iconPath = new vscode.ThemeIcon("bell-dot", new vscode.ThemeColor("problemsWarningIcon.foreground"));
  item.contextValue = open.putAside ? "tactus.question.asked" : "tactus.question.waiting";
  item.accessibilityInformation = { label: spoken };
  item.command = { command: "tactus.answerQuestion", title: "Answer", arguments: [open] };
  return item;
}
