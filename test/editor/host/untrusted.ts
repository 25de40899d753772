import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync } from "node:fs";
import * as vscode from "vscode";
import { appearanceOf } from "#extension/runs-view/node-appearance.ts";
import type { RunNode } from "#extension/runs-view/run-node.ts";
import type { ScenarioOutcome } from "#extension/testing/scenario-outcome.ts";
import { extensionApi, fileOf, startRun } from "./extension-under-test.ts";
import { until } from "./poll.ts";

describe("the extension in a folder that is not trusted", () => {
  it("is active, and the folder is not trusted", async () => {
    await extensionApi();
    assert.equal(vscode.workspace.isTrusted, false);
  });

  it("ignores what the folder's settings say about execution", () => {
    const settings = vscode.workspace.getConfiguration("tactus", fileOf("desk.tac"));
    assert.equal(settings.get("nodePath"), "");
    assert.equal(settings.get("workspace"), "auto");
  });

  it("runs on a copy: what the procedure writes stays out of the folder", async () => {
    const run = await startRun("writer.tac");
    const { content } = run.tree.root;
    await until("the end of the run", () => content.state !== "running");
    assert.equal(content.state, "completed", content.error ?? "");
    assert.equal(content.workspace, "copy");
    assert.ok(!existsSync(fileOf("written.txt").fsPath));
  });

  it("shows a change of a run as a difference, applies it, and discards another run's", async () => {
    const applied = await changedFile();
    await vscode.commands.executeCommand("tactus.showChange", applied);
    const input = await until("the difference", () => {
      const shown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return shown instanceof vscode.TabInputTextDiff && shown;
    });
    const document = await vscode.workspace.openTextDocument(input.modified);
    assert.equal(document.getText(), "from the procedure");
    await vscode.commands.executeCommand("tactus.applyChange", applied);
    assert.equal(readFileSync(fileOf("written.txt").fsPath, "utf8"), "from the procedure");
    assert.match(appearanceOf(applied, new Date()).description, /applied/);
    rmSync(fileOf("written.txt").fsPath);
    const discarded = await changedFile();
    await vscode.commands.executeCommand("tactus.discardChange", discarded);
    assert.match(appearanceOf(discarded, new Date()).description, /discarded/);
    assert.ok(!existsSync(fileOf("written.txt").fsPath));
  });

  it("runs specifications on a copy too", async () => {
    const uri = fileOf("specified.tac");
    const source = `Procedure { function() File.write("specified.txt", "x") return {answer = 42} end }
Specification([[
Feature: Answers
  Scenario: right
    When the procedure runs
    Then the output answer should be 42
]])
`;
    await vscode.workspace.fs.writeFile(uri, Buffer.from(source));
    const outcomes = await vscode.commands.executeCommand<ScenarioOutcome[]>("tactus.runSpecification", uri);
    assert.deepEqual(
      outcomes.map(({ name, status }) => [name, status]),
      [["right", "passed"]],
    );
    assert.ok(!existsSync(fileOf("specified.txt").fsPath));
  });
});

/** Runs the procedure that writes a file; gives the row of that file. */
async function changedFile(): Promise<RunNode> {
  const { root } = (await startRun("writer.tac")).tree;
  await until("the end of the run", () => root.content.state !== "running");
  const rows = root.children.flatMap((child) => [child, ...child.children]);
  const row = rows.find(({ content }) => content.kind === "change");
  assert.ok(row, "no row of a changed file");
  return row;
}
