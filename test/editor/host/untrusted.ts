import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import * as vscode from "vscode";
import { extensionApi, fileOf } from "./extension-under-test.ts";
import "./review-reading.ts";

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

  it("refuses each command that would run, ask, store or look at anything, also when it is called by name", async () => {
    const { runs } = await extensionApi();
    await vscode.window.showTextDocument(fileOf("desk.tac"));
    const before = { files: files(), children: children() };
    const refused = commands().filter(({ enablement }) => enablement === "isWorkspaceTrusted");
    assert.ok(refused.length >= 8, String(refused.length));
    for (const { command } of refused) await vscode.commands.executeCommand(command, fileOf("writer.tac"));
    assert.equal(await (await extensionApi()).run(fileOf("writer.tac")), undefined);
    assert.equal(runs.runs.length, 0);
    assert.deepEqual({ files: files(), children: children() }, before);
  });

  it("knows of every command whether it is refused", () => {
    const allowed = commands().filter(({ enablement }) => enablement !== "isWorkspaceTrusted");
    assert.deepEqual(allowed.map(({ command }) => command).toSorted(), [
      "tactus.addComment",
      "tactus.cancelRun",
      "tactus.clearFinished",
      "tactus.closeReview",
      "tactus.compareTrials",
      "tactus.copyComments",
      "tactus.deleteComment",
      "tactus.exportReview",
      "tactus.exportRun",
      "tactus.manageGrants",
      "tactus.openJournal",
      "tactus.openReviewed",
      "tactus.restartLanguageServer",
      "tactus.reviewChanges",
      "tactus.setModelKey",
      "tactus.showChange",
      "tactus.showEffectiveConfiguration",
      "tactus.showManifest",
      "tactus.useText",
    ]);
  });
});

interface Contributed {
  readonly command: string;
  readonly enablement?: string;
}

function commands(): readonly Contributed[] {
  const manifest = vscode.extensions.getExtension("tactus-studio.tactus-studio")?.packageJSON as {
    readonly contributes: { readonly commands: readonly Contributed[] };
  };
  return manifest.contributes.commands;
}

/** Everything in the folder. */
function files(): string[] {
  return readdirSync(fileOf("").fsPath, { recursive: true, encoding: "utf8" }).toSorted();
}

/** The processes that this one started and that live. */
function children(): string[] {
  const tasks = readdirSync("/proc/self/task");
  return tasks.flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, "utf8").split(" ").filter(Boolean),
  );
}
