import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parts, skipped } from "#test/support/workbench/missing.ts";
import { packageExtension } from "#test/support/workbench/package-extension.ts";
import { insist } from "#test/support/workbench/person.ts";
import { startWorkbench, type Workbench } from "#test/support/workbench/workbench.ts";
import { openRepository } from "./host/repository.ts";

let workbench: Workbench;

/** A stranger's change before a person who has not trusted the folder. Screenshots lie in .cache/screenshots. */
describe.skipIf(skipped)(`a review on the screen ${skipped ?? ""}`, () => {
  beforeAll(async () => {
    if (!parts.ok) return;
    const repository = openRepository({
      "flows/a.tac": "Procedure { function() end }\n",
      "notes.txt": "one\n",
    });
    repository.commit("change", {
      "flows/a.tac": `deploy = Tool { use = "broker.deploy" }
Procedure { function() return { text = "[x](command:y) $(alert)" } end }
`,
      "flows/a.tac.yml": "sandbox:\n  network: bridge\n",
      "notes.txt": "two\n",
    });
    repository.commit("elsewhere", { "notes.txt": "three\n" });
    try {
      workbench = await startWorkbench(parts.value, {
        workspace: repository.folder,
        vsix: packageExtension("review"),
        trusted: false,
        machineSettings: { "tactus.nodePath": process.execPath },
      });
    } finally {
      repository.dispose();
    }
  });

  afterAll(async () => workbench?.close());

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await workbench.screenshot(`failed-${task.name.replaceAll(/\W+/g, "-")}`);
  });

  test("a range of commits is asked for, and its risk and groups are shown", async () => {
    const page = workbench.page;
    await insist(() => workbench.command("Tactus: Review Changes"), page.getByText("Commit range…"));
    await page.getByText("Commit range…").click();
    await page.locator(".quick-input-message", { hasText: "as in main..feature" }).waitFor();
    await page.keyboard.type("base..change");
    await page.keyboard.press("Enter");
    for (const label of ["High risk", "Trusted files touched", "What the change means", "Other files"])
      await spoken(label).first().waitFor();
    await workbench.screenshot("review");
    await spoken("a.tac.yml, added, in flows, High risk").first().waitFor();
  });

  test("a row leads to both sides, and a file is marked as viewed with its box", async () => {
    await spoken("a.tac, ").first().click();
    await workbench.page.locator(".editor.modified .view-line", { hasText: "deploy" }).first().waitFor();
    await workbench.screenshot("review-comparison");
    const box = spoken("a.tac.yml, ").first().locator('[role="checkbox"], .monaco-custom-toggle').first();
    await box.click();
    await expect.poll(() => box.getAttribute("aria-checked")).toBe("true");
  });

  test("a line is commented on", async () => {
    const page = workbench.page;
    await page.locator(".editor.modified .view-line", { hasText: "deploy" }).first().click();
    await insist(
      () => workbench.command("Comments: Add Comment on Current Selection"),
      page.locator(".review-widget"),
    );
    await page.locator(".review-widget .monaco-editor").first().click();
    await page.keyboard.type("Why [this](command:x)?");
    await page.locator(".review-widget .monaco-button", { hasText: "Add Comment" }).click();
    await page.locator(".review-widget .comment-body", { hasText: "Why [this](command:x)?" }).waitFor();
    expect(await page.locator(".review-widget .comment-body a").count()).toBe(0);
    await workbench.screenshot("review-comment");
  });

  test("nothing runs in a folder that is not trusted, and the page asked nobody else for anything", async () => {
    await spoken("a.tac, ").first().hover();
    expect(
      await workbench.page.locator('.pane-body [aria-label*="Run It Anyway"]:not(.disabled)').count(),
    ).toBe(0);
    expect(workbench.foreignRequests).toEqual([]);
  });
});

/** A row by what a screen reader says of it. */
function spoken(beginning: string) {
  return workbench.page.locator(`.pane-body .monaco-list-row[aria-label^="${beginning}"]`);
}
