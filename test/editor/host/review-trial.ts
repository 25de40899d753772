import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import type { ReviewNode } from "#extension/review-view/review-node.ts";
import { rowOf } from "#extension/review-view/review-row.ts";
import { extensionApi } from "./extension-under-test.ts";
import { until } from "./poll.ts";
import { type ChangedRepository, openRepository } from "./repository.ts";

const procedure = (word: string, deed: string): string => `
local lib = require("lib")
say = Tool { input = { what = field.string{} }, function(args) return lib.word .. args.what end }
Procedure { function()
  ${deed}
  return { text = say({ what = "${word}" }) }
end }
`;

/** Containers are needed, so this suite runs where the folder's procedures run in Docker. */
const describeInDocker = process.env["TACTUS_HOST_ISOLATION"] === "docker" ? describe : describe.skip;

describeInDocker("head is run anyway, out of the repository's objects, with nothing granted", () => {
  let repository: ChangedRepository;

  before(async () => {
    repository = openRepository({ "a.tac": procedure("one", ""), "lib.tac": 'return { word = "base " }' });
    repository.commit("head", {
      "a.tac": procedure(
        "two",
        `File.write("made.txt", File.read("data.txt"))
  pcall(File.read, ".env")
  pcall(Host.call, "deploy", {})`,
      ),
      "lib.tac": 'return { word = "head " }',
      "data.txt": "of head",
      "a.tac.yml": "sandbox:\n  network: bridge\n",
    });
    // What is checked out is neither side.
    repository.commit("elsewhere", {
      "a.tac": "error('of the folder')",
      "a.tac.yml": undefined,
      "data.txt": undefined,
    });
    const { review } = await extensionApi();
    const source = { kind: "commits", repository: repository.folder, base: "base", head: "head" } as const;
    assert.ok(await review.open({ title: "base..head", sources: [source] }));
  });

  after(async () => {
    await (await extensionApi()).review.desk.close();
    repository.dispose();
  });

  it("runs with one click, and lays what it tried beside what it declared", async () => {
    await vscode.commands.executeCommand("tactus.runReviewed", await procedureNode());
    const { runs, review } = await extensionApi();
    const [run] = runs.runs;
    assert.ok(run);
    const { content } = run.tree.root;
    assert.equal(content.state, "completed", content.error ?? "");
    assert.deepEqual(
      { isolation: content.isolation, workspace: content.workspace },
      { isolation: "docker", workspace: "copy" },
    );
    const events = readFileSync(path.join(run.journalFolder, "events.jsonl"), "utf8");
    assert.match(events, /"result":\{"text":"head two"\}/);
    const [trial] = await trials();
    assert.ok(trial?.kind === "trial");
    const tried = review.provider.getChildren(trial).map((node) => {
      const { label, description } = rowOf(node);
      return `${label}: ${description.split(" · ")[0]}`;
    });
    for (const row of ["file.read data.txt: done", "file.write made.txt: done", "tool.lua say: done"])
      assert.ok(tried.includes(row), `no ${row} in\n${tried.join("\n")}`);
    for (const row of ["file.read .env: denied", "tool.host deploy: denied"])
      assert.ok(tried.includes(row), `no ${row} in\n${tried.join("\n")}`);
  });

  it("leaves what it wrote as changes to apply or discard, and nothing of head on the disk", async () => {
    const { runs } = await extensionApi();
    const [run] = runs.runs;
    assert.ok(run);
    const changes = run.tree.root.children.find(({ content }) => content.kind === "changes");
    const [change] = changes?.children ?? [];
    assert.ok(change);
    assert.deepEqual(readdirSync(repository.folder).toSorted(), [".git", ".tactus", "a.tac", "lib.tac"]);
    assert.ok(!existsSync(path.join(run.journalFolder, "changes", "base")));
    await vscode.commands.executeCommand("tactus.applyChange", change);
    assert.equal(readFileSync(path.join(repository.folder, "made.txt"), "utf8"), "of head");
    assert.equal(repository.isObeyed(), false);
  });

  it("runs base and head on the same input and shows their traces side by side", async () => {
    await vscode.commands.executeCommand("tactus.runBothSides", await procedureNode());
    const { runs } = await extensionApi();
    assert.equal(runs.runs.length >= 3, true);
    const input = await until("the comparison", () => {
      const shown = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return shown instanceof vscode.TabInputTextDiff && shown.modified.scheme === "tactus-text" && shown;
    });
    const [base, head] = await Promise.all(
      [input.original, input.modified].map(async (uri) =>
        (await vscode.workspace.openTextDocument(uri)).getText(),
      ),
    );
    assert.match(base ?? "", /base one/);
    assert.match(head ?? "", /head two/);
    assert.match(head ?? "", /file made\.txt/);
    const [trial] = await trials();
    assert.ok(trial?.kind === "trial" && trial.trial.comparison);
    assert.deepEqual(trial.trial.comparison.differs, ["result"]);
  });
});

/** The trial runs of the review, the newest first. */
async function trials(): Promise<readonly ReviewNode[]> {
  const { provider } = (await extensionApi()).review;
  const group = provider.getChildren().find((node) => node.kind === "group" && node.group === "trials");
  return group ? provider.getChildren(group) : [];
}

async function procedureNode(): Promise<ReviewNode> {
  const { review } = await extensionApi();
  const groups = review.provider.getChildren();
  const found = groups
    .flatMap((group) => review.provider.getChildren(group))
    .find((node) => node.kind === "file" && node.file.file === "a.tac");
  assert.ok(found);
  return found;
}
