import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import * as vscode from "vscode";
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
