import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { OpenQuestion } from "#extension/approvals/inbox.ts";
import type { ListedRun } from "#extension/runs-view/run-collection.ts";
import type { RunNode } from "#runs/tree/run-node.ts";
import { extensionApi, startRun } from "./extension-under-test.ts";
import { until } from "./poll.ts";

describe("questions of procedures to the person at the editor", () => {
  let run: ListedRun;

  it("stand in the inbox, and a prompt that is closed decides nothing", async () => {
    run = await startRun("choose.tac");
    const asked = await openQuestion("select");
    await delay(300);
    await vscode.commands.executeCommand("workbench.action.closeQuickOpen");
    await delay(300);
    assert.equal((await openQuestion("select")).id, asked.id);
    assert.equal(run.tree.root.content.state, "running");
  });

  it("are answered from the inbox", async () => {
    const asked = await openQuestion("select");
    void vscode.commands.executeCommand("tactus.answerQuestion", asked);
    await acceptUntil("the review", async () =>
      (await questions()).some(({ question }) => question.kind === "review"),
    );
  });

  it("are reviewed with a comparison of the original and the proposal", async () => {
    const diff = await openDiff("Review: original and proposal");
    assert.match(await textOf(diff.original), /Dear customer/);
    assert.match(await textOf(diff.modified), /Dear friendly customer/);
  });

  it("can have their text edited, which is compared and handed over", async () => {
    const editor = await acceptUntil("an editor for the text", () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.scheme === "untitled" && active;
    });
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), "My d"));
    await vscode.commands.executeCommand("tactus.useText");
    const diff = await openDiff("Review: proposal and your edit");
    assert.match(await textOf(diff.modified), /My dDear friendly customer/);
    await delay(700);
    await vscode.commands.executeCommand("workbench.action.quickOpenSelectNext");
    await acceptUntil("the end of the run", () => run.tree.root.content.state !== "running");
    assert.equal(run.tree.root.content.state, "completed", run.tree.root.content.error ?? "");
    const result = valueUnder(run.tree.root, "result");
    assert.deepEqual(result, {
      tone: "friendly",
      decision: "approved",
      letter: "My dDear friendly customer,\n",
    });
    assert.deepEqual(await questions(), []);
  });

  it("let their run end and wait, and it goes on when they are answered", async () => {
    const { runs } = await extensionApi();
    const first = await startRun("decide.tac");
    const asked = await openQuestion("select");
    await vscode.commands.executeCommand("tactus.putQuestionAside", asked);
    await until("the run to wait", () => first.tree.root.content.state === "waiting");
    const stored = await until("the question of the run that waits", async () =>
      (await questions()).find(({ waitingRun }) => waitingRun === first.tree.root.id),
    );
    void vscode.commands.executeCommand("tactus.answerQuestion", stored);
    const resumed = await acceptUntil("the run to go on", () =>
      runs.runs.find(({ tree }) => tree.root.id === first.tree.root.id && tree !== first.tree),
    );
    const { content } = resumed.tree.root;
    await until("the end of the run", () => content.state !== "running");
    assert.equal(content.state, "completed", content.error ?? "");
    assert.deepEqual(valueUnder(resumed.tree.root, "result"), { size: "small" });
    assert.deepEqual(await questions(), []);
  });
});

async function questions(): Promise<readonly OpenQuestion[]> {
  return (await extensionApi()).inbox.questions;
}

function openQuestion(kind: string): Promise<OpenQuestion> {
  return until(`a question of kind ${kind}`, async () =>
    (await questions()).find(({ question }) => question.kind === kind),
  );
}

/** Presses Enter in the prompt until something is there: prompts pass over answers of their first half second. */
function acceptUntil<Value>(
  what: string,
  look: () => Value | undefined | false | Promise<Value | undefined | false>,
): Promise<Value> {
  return until(what, async () => {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    await delay(300);
    await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
    return undefined;
  });
}

function openDiff(title: string): Promise<vscode.TabInputTextDiff> {
  return until(`the comparison "${title}"`, () => {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    const input = tabs.find(({ label }) => label === title)?.input;
    return input instanceof vscode.TabInputTextDiff && input;
  });
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return (await vscode.workspace.openTextDocument(uri)).getText();
}

function valueUnder(root: RunNode, name: string): unknown {
  const node = root.children.find(({ content }) => content.kind === "value" && content.name === name);
  return node?.content.kind === "value" ? node.content.value : undefined;
}
