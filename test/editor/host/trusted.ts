import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { ScenarioOutcome } from "#extension/testing/scenario-outcome.ts";
import { appearanceOf } from "#runs/tree/node-appearance.ts";
import type { RunNode } from "#runs/tree/run-node.ts";
import { rowsUnder } from "#runs/tree/run-tree.ts";
import { extensionApi, fileOf, startRun } from "./extension-under-test.ts";
import { codeOf } from "./findings.ts";
import { until } from "./poll.ts";
import "./review-trial.ts";

function outline(node: RunNode, depth = 3, indent = ""): string[] {
  const { label } = appearanceOf(node, new Date());
  const rows =
    depth === 0 ? [] : rowsUnder(node).flatMap((child) => outline(child, depth - 1, `${indent}  `));
  return [`${indent}${label}`, ...rows];
}

describe("the extension in a trusted folder", () => {
  it("registers the commands of its manifest", async () => {
    await extensionApi();
    const manifest = vscode.extensions.getExtension("tactus-studio.tactus-studio")?.packageJSON as {
      contributes: { commands: ReadonlyArray<{ command: string }> };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.filter(({ command }) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it("runs a procedure and shows its turns, tool calls and checkpoints", async () => {
    const run = await startRun("desk.tac");
    const { content } = await ended(run.tree.root);
    assert.equal(content.state, "completed", content.error ?? "");
    assert.equal(content.isolation, process.env["TACTUS_HOST_ISOLATION"] ?? "embedded");
    const rows = outline(run.tree.root).join("\n");
    for (const row of ["Turn 1: clerk", "    find_order", "Checkpoint 1", "  state", "  result"]) {
      assert.ok(rows.includes(row), `no row ${row} in\n${rows}`);
    }
    assert.ok(existsSync(path.join(run.journalFolder, "events.jsonl")));
  });

  it("says in sentences what a procedure may do, and follows edits", async () => {
    const { manifest } = await extensionApi();
    const editor = await vscode.window.showTextDocument(fileOf("desk.tac"));
    await vscode.commands.executeCommand("tactus.showManifest");
    const sentences = (): string[] =>
      manifest.rows.flatMap((row) => (row.kind === "section" ? row.rows.map(({ line }) => line.text) : []));
    assert.ok(
      sentences().some((text) => text.startsWith("The agent clerk asks the model ")),
      sentences().join("\n"),
    );
    const [section] = manifest.rows.filter((row) => row.kind === "section");
    const item = section && manifest.getTreeItem(manifest.getChildren(section)[0] ?? section);
    const { command = "", arguments: given = [] } = item?.command ?? {};
    await vscode.commands.executeCommand(command, ...given);
    const { line } = given[0] as { readonly line: number };
    assert.equal(vscode.window.activeTextEditor?.selection.active.line, line - 1);
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    await editor.edit((change) => change.insert(end, '\nFile.read("of-this-edit.md")\n'));
    await until("the edit", async () => sentences().find((text) => text.includes("of-this-edit.md")));
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("forks a run at a checkpoint, with another state, and shows it under the first", async () => {
    const parent = await startRun("desk.tac");
    await ended(parent.tree.root);
    const { runs } = await extensionApi();
    const checkpoint = parent.tree.root.children.find(({ content }) => content.kind === "checkpoint");
    const forking = vscode.commands.executeCommand("tactus.forkRun", checkpoint);
    // An Enter that comes too soon was meant for something else: it is not taken, and pressed again.
    const fork = await until("the fork", async () => {
      await vscode.commands.executeCommand("workbench.action.acceptSelectedQuickOpenItem");
      await delay(300);
      return runs.forksOf(parent.tree.root)[0];
    });
    await forking;
    const { content } = await ended(fork.tree.root);
    assert.equal(content.state, "completed", content.error ?? "");
    assert.equal(content.forkedFrom, parent.tree.root.id);
    assert.equal(runs.topRuns.includes(fork), false);
  });

  it("exports a run as a page", async () => {
    const run = await startRun("desk.tac");
    await ended(run.tree.root);
    const folder = vscode.Uri.file(path.join(run.journalFolder, "export"));
    const file = path.join(folder.fsPath, `run-${run.tree.root.id}.html`);
    void vscode.commands.executeCommand("tactus.exportRun", run.tree.root, folder);
    await until("the page", async () => existsSync(file) && readFileSync(file, "utf8").endsWith("</html>\n"));
    assert.match(readFileSync(file, "utf8"), /<meta name="generator" content="Tactus Studio">/);
  });

  it("marks a syntax error in its line", async () => {
    const uri = fileOf("broken.tac");
    await vscode.window.showTextDocument(uri);
    const diagnostic = await until("a syntax error", () =>
      vscode.languages.getDiagnostics(uri).find((found) => codeOf(found) === "syntax-error"),
    );
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
  });

  it("offers to run above a procedure", async () => {
    const uri = fileOf("desk.tac");
    const document = await vscode.workspace.openTextDocument(uri);
    const lens = await until("a lens", async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        uri,
      );
      return lenses?.find(({ command }) => command?.command === "tactus.run");
    });
    assert.match(document.lineAt(lens.range.start.line).text, /^Procedure/);
  });

  it("runs the procedure whose button is pressed", async () => {
    const uri = fileOf("two.tac");
    const procedure = (name: string, answer: number): string =>
      `Procedure "${name}" {\n    function() return {answer = ${answer}} end\n}\n`;
    await vscode.workspace.fs.writeFile(uri, Buffer.from(procedure("first", 1) + procedure("second", 2)));
    await vscode.workspace.openTextDocument(uri);
    const lenses = await until("a lens for each", async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        uri,
      );
      const starting = found?.filter(({ command }) => command?.command === "tactus.run");
      return starting?.length === 2 && starting;
    });
    const { runs } = await extensionApi();
    const before = runs.runs.length;
    const { command, arguments: values = [] } = lenses[1]?.command ?? {};
    await vscode.commands.executeCommand(command ?? "", ...values);
    const run = await until("the run", () => runs.runs.length > before && runs.runs[0]);
    await ended(run.tree.root);
    assert.ok(outline(run.tree.root).some((line) => line.includes("answer")));
    assert.equal(run.tree.root.content.procedure, "second");
  });

  it("runs a specification from its button, and one scenario of it by name", async () => {
    const uri = fileOf("specified.tac");
    const source = `Procedure { function() return {answer = 42} end }
Specification([[
Feature: Answers
  Scenario: right
    When the procedure runs
    Then the output answer should be 42
  Scenario: wrong
    When the procedure runs
    Then the output answer should be 41
]])
`;
    await vscode.workspace.fs.writeFile(uri, Buffer.from(source));
    await vscode.workspace.openTextDocument(uri);
    const lens = await until("a lens", async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        "vscode.executeCodeLensProvider",
        uri,
      );
      return found?.find(({ command }) => command?.command === "tactus.runSpecification");
    });
    const { command, arguments: values = [] } = lens.command ?? {};
    const outcomes = await vscode.commands.executeCommand<ScenarioOutcome[]>(command ?? "", ...values);
    assert.deepEqual(
      outcomes.map(({ name, line, status }) => ({ name, line, status })),
      [
        { name: "right", line: 4, status: "passed" },
        { name: "wrong", line: 7, status: "failed" },
      ],
    );
    const [, wrong] = outcomes;
    assert.deepEqual(wrong?.status === "failed" && wrong.problem, {
      text: "Then the output answer should be 41\nExpected the output 'answer' to be 41, but it is 42.",
      line: 9,
    });
    const one = await vscode.commands.executeCommand<ScenarioOutcome[]>(command ?? "", uri, "right");
    assert.deepEqual(
      one.map(({ name, status }) => [name, status]),
      [["right", "passed"]],
    );
  });

  it("ends a specification when its run of tests is cancelled", async () => {
    const uri = fileOf("endless-specified.tac");
    const source = `Procedure { function() while true do end end }
Specification([[
Feature: Never
  Scenario: ends
    When the procedure runs
]])
`;
    await vscode.workspace.fs.writeFile(uri, Buffer.from(source));
    let ended = false;
    const running = vscode.commands
      .executeCommand<ScenarioOutcome[]>("tactus.runSpecification", uri)
      .then((outcomes) => {
        ended = true;
        return outcomes;
      });
    await until("the end of the cancelled run", async () => {
      if (!ended) await vscode.commands.executeCommand("testing.cancelRun");
      return ended;
    });
    assert.ok((await running).every(({ status }) => status === "skipped"));
  });

  it("runs what is on the screen: an unsaved file is saved", async () => {
    const uri = fileOf("unsaved.tac");
    await vscode.workspace.fs.writeFile(uri, Buffer.from("return 1\n"));
    const editor = await vscode.window.showTextDocument(uri);
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, 1, 0), "return {answer = 42}\n"));
    const run = await startRun("unsaved.tac");
    await ended(run.tree.root);
    assert.ok(!editor.document.isDirty);
    assert.ok(outline(run.tree.root).includes("    answer"), outline(run.tree.root).join("\n"));
  });

  it("gives a run a container that waited, where runs have containers", async () => {
    const inContainers = process.env["TACTUS_HOST_ISOLATION"] === "docker";
    await vscode.window.showTextDocument(fileOf("desk.tac"));
    const waited = async (): Promise<boolean> => {
      const run = await startRun("desk.tac");
      const { content } = await ended(run.tree.root);
      assert.equal(content.state, "completed", content.error ?? "");
      return readFileSync(path.join(run.journalFolder, "events.jsonl"), "utf8").includes("sandbox.assigned");
    };
    if (inContainers) {
      const soon = async (): Promise<boolean> => {
        await delay(1000);
        return waited();
      };
      await until("a run in a container that waited", soon);
    } else assert.equal(await waited(), false);
  });

  it("cancels an endless run", async () => {
    const run = await startRun("endless.tac");
    await until("the first event of the procedure", () => outline(run.tree.root).includes("  started"));
    await vscode.commands.executeCommand("tactus.cancelRun", run.tree.root);
    const { content } = await ended(run.tree.root);
    assert.equal(content.state, "cancelled");
  });

  it("asks the editor for the models of provider vscode", async () => {
    const run = await startRun("editor-model.tac");
    const { content } = await ended(run.tree.root);
    assert.equal(content.state, "failed");
    assert.match(content.error ?? "", /The editor has no model 'a-model-that-nobody-brings'/);
  });

  it("executes a command of the editor that the person's own config allows, and no other", async () => {
    const config = path.join(homedir(), ".tactus", "config.yml");
    mkdirSync(path.dirname(config), { recursive: true });
    writeFileSync(
      config,
      `host_tools:
  allow: [note, gone]
  tools:
    note: { editor_command: tactus-test.note, arguments: ["{text}"], input: { text: { type: string } } }
    gone: { editor_command: tactus-test.gone }
    shut: { editor_command: tactus-test.note }
`,
    );
    const noted: unknown[] = [];
    const command = vscode.commands.registerCommand("tactus-test.note", (text) => ({
      count: noted.push(text),
    }));
    try {
      const uri = fileOf("note.tac");
      const source = `Procedure { function()
  local note = Host.call("note", { text = "hi" })
  return { count = note.count, gone = pcall(Host.call, "gone"), shut = pcall(Host.call, "shut") }
end }
`;
      await vscode.workspace.fs.writeFile(uri, Buffer.from(source));
      const run = await startRun("note.tac");
      const { content } = await ended(run.tree.root);
      assert.equal(content.state, "completed", content.error ?? "");
      assert.deepEqual(noted, ["hi"]);
      const events = readFileSync(path.join(run.journalFolder, "events.jsonl"), "utf8");
      assert.match(events, /"result":\{"count":1,"gone":false,"shut":false\}/);
    } finally {
      command.dispose();
      rmSync(config);
    }
  });

  it("shows a change of a run as a difference, applies it, and discards another run's", async () => {
    const settings = vscode.workspace.getConfiguration("tactus");
    await settings.update("workspace", "copy", vscode.ConfigurationTarget.Global);
    try {
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
    } finally {
      await settings.update("workspace", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("clears finished runs, and lists them no more", async () => {
    const { runs } = await extensionApi();
    await vscode.commands.executeCommand("tactus.clearFinished");
    assert.equal(runs.runs.length, 0);
  });
});

async function ended<Node extends { readonly content: { readonly state: string } }>(
  root: Node,
): Promise<Node> {
  await until("the end of the run", () => root.content.state !== "running");
  return root;
}

/** Runs the procedure that writes a file; gives the row of that file when nobody has the run any more. */
async function changedFile(): Promise<RunNode> {
  const { tree, journalFolder } = await startRun("writer.tac");
  await until("the end of the run", () => tree.root.content.state !== "running");
  await until(
    "the end of its claim",
    () => !readdirSync(journalFolder).some((name) => name.startsWith("owner.")),
  );
  const rows = tree.root.children.flatMap((child) => [child, ...child.children]);
  const row = rows.find(({ content }) => content.kind === "change");
  assert.ok(row, "no row of a changed file");
  return row;
}
