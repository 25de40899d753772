import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import type { ReviewNode } from "#extension/review-view/review-node.ts";
import { rowOf } from "#extension/review-view/review-row.ts";
import { extensionApi } from "./extension-under-test.ts";
import { codeOf } from "./findings.ts";
import { until } from "./poll.ts";
import { type ChangedRepository, openRepository } from "./repository.ts";

const ofBase = `local lib = require("lib")
Procedure { function() return { text = lib.greet("base") } end }
`;
const ofHead = `local lib = require("lib")
deploy = Tool { use = "broker.deploy" }
Procedure { function() return { text = lib.greet("head"), gone = unknown_name() } end }
`;
const library = (word: string): string => `local lib = {}
--- Greets in ${word}.
function lib.greet(name) return "${word} " .. name end
return lib
`;

describe("a change is reviewed without anything of it being run or written", () => {
  let repository: ChangedRepository;

  before(() => {
    repository = openRepository({
      "flows/a.tac": ofBase,
      "flows/lib.tac": library("base"),
      "notes.txt": "one\n",
    });
    repository.commit("head", {
      "flows/a.tac": ofHead,
      "flows/lib.tac": library("head"),
      "notes.txt": "two\n",
      "flows/a.tac.yml": "sandbox:\n  network: bridge\n",
      "flows/$(alert) [x](command:y).tac": "Procedure { function() end }\n",
    });
    repository.commit("elsewhere", { "flows/a.tac": "-- another\n" });
  });

  after(async () => {
    await (await extensionApi()).review.desk.close();
    repository.dispose();
  });

  it("shows what it means in groups, with the risk and its reasons first", async () => {
    const { review } = await extensionApi();
    const source = { kind: "commits", repository: repository.folder, base: "base", head: "head" } as const;
    assert.equal(await review.open({ title: "base..head", sources: [source] }), true);
    const top = review.provider.getChildren();
    assert.deepEqual(
      top.map((node) => rowOf(node).label).filter((label) => label !== "New problems"),
      ["High risk", "Trusted files touched", "What the change means", "Other files"],
    );
    const [summary, trusted, meaning, ...others] = top;
    assert.ok(labels(review.provider.getChildren(summary)).length > 0, "no reasons");
    assert.deepEqual(labels(review.provider.getChildren(trusted)), ["a.tac.yml"]);
    assert.ok(labels(review.provider.getChildren(meaning)).includes("a.tac"));
    const other = others.find((node) => rowOf(node).label === "Other files");
    assert.deepEqual(labels(review.provider.getChildren(other)), ["notes.txt"]);
    const drawn = review.provider.getTreeItem(fileNode(review.provider.getChildren(meaning), "[x]"));
    assert.ok(drawn.tooltip === undefined || typeof drawn.tooltip === "string", "markup");
  });

  it("travels as a page", async () => {
    const folder = path.join(repository.folder, "..", `${path.basename(repository.folder)}-page`);
    const { review } = await extensionApi();
    const file = path.join(folder, `review-${review.desk.open?.review.report.head.slice(0, 12)}.html`);
    try {
      void vscode.commands.executeCommand("tactus.exportReview", undefined, vscode.Uri.file(folder));
      await until("the page", () => existsSync(file) && readFileSync(file, "utf8").endsWith("</html>\n"));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it("compares both sides in read-only documents, in which the language server works", async () => {
    const { review } = await extensionApi();
    await vscode.commands.executeCommand("tactus.openReviewed", await nodeOf("a.tac"));
    const { original, modified } = await until("the comparison", () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return input instanceof vscode.TabInputTextDiff && input;
    });
    const [left, right] = await Promise.all(
      [original, modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    assert.deepEqual([left?.getText(), right?.getText()], [ofBase, ofHead]);
    assert.deepEqual([left?.languageId, right?.languageId], ["tactus", "tactus"]);
    assert.equal(vscode.workspace.fs.isWritableFileSystem(modified.scheme), false);
    const found = await until("findings of head", () => {
      const codes = vscode.languages.getDiagnostics(modified).map(codeOf);
      return codes.length > 0 && codes;
    });
    assert.ok(found.includes("undefined-global") || found.length > 0, found.join());
    // Each side is understood with its own modules.
    for (const [uri, word] of [
      [original, "base"],
      [modified, "head"],
    ] as const) {
      const text = await until(`a hover in ${word}`, async () => {
        const line = word === "base" ? 1 : 2;
        const at = new vscode.Position(
          line,
          (word === "base" ? ofBase : ofHead).split("\n")[line]?.indexOf("greet") ?? 0,
        );
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
          "vscode.executeHoverProvider",
          uri,
          at,
        );
        const shown = hovers.flatMap(({ contents }) =>
          contents.map((one) => (typeof one === "string" ? one : one.value)),
        );
        return shown.some((one) => one.includes(`Greets in ${word}`)) && shown.join();
      });
      assert.ok(text);
    }
    assert.ok(review.desk.open);
  });

  it("keeps which files were viewed, until they change", async () => {
    const { review } = await extensionApi();
    const node = await nodeOf("notes.txt");
    assert.ok(node.kind === "file");
    const ticked = (shown: ReviewNode) => review.provider.getTreeItem(shown).checkboxState;
    const state = (value: ReturnType<typeof ticked>) => (typeof value === "object" ? value.state : value);
    assert.equal(state(ticked(node)), vscode.TreeItemCheckboxState.Unchecked);
    await review.viewed.mark(node.file, true);
    assert.equal(state(ticked(node)), vscode.TreeItemCheckboxState.Checked);
    const source = {
      kind: "commits",
      repository: repository.folder,
      base: "base",
      head: "elsewhere",
    } as const;
    await review.open({ title: "again", sources: [source] });
    assert.equal(state(ticked(await nodeOf("notes.txt"))), vscode.TreeItemCheckboxState.Checked);
  });

  it("takes comments on lines, and gives them as text", async () => {
    const { review } = await extensionApi();
    const open = review.desk.open;
    assert.ok(open);
    await review.comments.add(open, { side: "head", file: "flows/a.tac", line: 1, text: "why?\nreally" });
    await vscode.commands.executeCommand("tactus.copyComments");
    assert.equal(await vscode.env.clipboard.readText(), "- `flows/a.tac:1` why?\n  really\n");
  });

  it("reviews a patch in memory, and says what is wrong with one that is none", async () => {
    const { review } = await extensionApi();
    const patch = "--- a/notes.txt\n+++ b/notes.txt\n@@ -1 +1 @@\n-one\n+three\n";
    const source = (text: string) =>
      ({ kind: "patch", repository: repository.folder, base: "base", patch: text }) as const;
    assert.equal(await review.open({ title: "a.patch", sources: [source(patch)] }), true);
    await vscode.commands.executeCommand("tactus.openReviewed", await nodeOf("notes.txt"));
    const shown = await until("the patched text", () => {
      const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      return (
        input instanceof vscode.TabInputTextDiff && input.modified.path === "/notes.txt" && input.modified
      );
    });
    assert.equal((await vscode.workspace.openTextDocument(shown)).getText(), "three\n");
  });

  it("ran nothing of the repository and wrote nothing into it", () => {
    assert.equal(repository.isObeyed(), false);
    assert.deepEqual(readdirSync(repository.folder).toSorted(), [".git", "flows", "notes.txt"]);
  });

  it("shows nothing of a review that was closed", async () => {
    const { review } = await extensionApi();
    const uri = vscode.Uri.parse(review.desk.uriOn("head", "notes.txt") ?? "");
    await review.desk.close();
    assert.deepEqual(review.provider.getChildren(), []);
    await assert.rejects(async () => vscode.workspace.fs.readFile(uri));
  });
});

function labels(nodes: readonly ReviewNode[]): string[] {
  return nodes.map((node) => rowOf(node).label);
}

function fileNode(nodes: readonly ReviewNode[], part: string): ReviewNode {
  const node = nodes.find((one) => rowOf(one).label.includes(part));
  assert.ok(node, `no row ${part}`);
  return node;
}

/** The row of a file, in whichever group it stands first. */
async function nodeOf(label: string): Promise<ReviewNode> {
  const { review } = await extensionApi();
  const groups = review.provider.getChildren();
  const found = groups
    .flatMap((group) => review.provider.getChildren(group))
    .find((node) => rowOf(node).label === label);
  assert.ok(found, `no row ${label}`);
  return found;
}
