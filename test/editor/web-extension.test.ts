import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parts, skipped } from "#test/support/workbench/missing.ts";
import { packageExtension } from "#test/support/workbench/package-extension.ts";
import { insist, openFile } from "#test/support/workbench/person.ts";
import { startWorkbench, type Workbench } from "#test/support/workbench/workbench.ts";

let workbench: Workbench;

/** The packaged extension in the extension host of the browser, as on a site that has no machine behind it. */
describe.skipIf(skipped)(`in the browser's extension host ${skipped ?? ""}`, () => {
  beforeAll(async () => {
    if (!parts.ok) return;
    workbench = await startWorkbench(parts.value, {
      workspace: path.join(import.meta.dirname, "workspace"),
      vsix: packageExtension("web"),
      userSettings: { "remote.extensionKind": { "tactus-studio.tactus-studio": ["web"] } },
    });
  });

  afterAll(async () => workbench?.close());

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await workbench.screenshot(`failed-web-${task.name.replaceAll(/\W+/g, "-")}`);
  });

  test("what is wrong in a file is marked", async () => {
    await openFile(workbench, "broken.tac");
    await workbench.page.locator(".squiggly-error").first().waitFor();
    await workbench.screenshot("web-editor");
  });

  test("files that are not open are checked as well", async () => {
    await workbench.page
      .locator('.explorer-folders-view [aria-label*="writer.tac"][aria-label*="problem"]')
      .waitFor();
  });

  test("a word is explained under the pointer", async () => {
    await openFile(workbench, "desk.tac");
    const word = workbench.page.locator(".view-line span", { hasText: /^Agent$/ }).first();
    await insist(
      () => word.hover({ force: true }),
      workbench.page.locator(".monaco-hover-content", { hasText: "A model with a prompt" }),
    );
  });

  test("a command that needs a machine says so", async () => {
    const message = workbench.page.locator(".notification-list-item-message", {
      hasText: "a browser does not have",
    });
    await insist(() => workbench.command("Tactus: Run in Sandbox"), message);
    expect(await message.textContent()).toContain("Open this folder in VS Code on your computer");
    await workbench.screenshot("web-needs-machine");
  });

  test("the view of runs says why it is empty", async () => {
    await workbench.page.locator('.activitybar .action-item a[aria-label^="Tactus"]').click();
    await workbench.page.locator(".pane-body .message", { hasText: "a browser does not have" }).waitFor();
    await workbench.screenshot("web-empty-view");
  });

  test("a patch is reviewed in memory, and what it makes of a file is compared", async () => {
    const { page } = workbench;
    await openFile(workbench, "change.patch");
    const patch = page.locator(".quick-input-list .monaco-list-row", { hasText: "This patch" });
    await insist(() => workbench.command("Tactus: Review Changes"), patch);
    await patch.click();
    const row = (spoken: string) =>
      page.locator(`.pane-body .monaco-list-row[aria-label^="${spoken}"]`).first();
    await row("High risk").waitFor();
    await row("writer.tac, modified").click();
    await page.locator(".editor.modified .view-line", { hasText: "broker.deploy" }).first().waitFor();
    await page.locator(".editor.modified .squiggly-warning").first().waitFor();
    await workbench.screenshot("web-review");
    const box = row("writer.tac.yml, ").locator('[role="checkbox"], .monaco-custom-toggle').first();
    await box.click();
    await expect.poll(() => box.getAttribute("aria-checked")).toBe("true");
  });

  test("a line of it is commented on, in plain text", async () => {
    const { page } = workbench;
    await page.locator(".editor.modified .view-line", { hasText: "broker.deploy" }).first().click();
    const comment = page.locator(".review-widget");
    await insist(() => workbench.command("Comments: Add Comment on Current Selection"), comment);
    await comment.locator(".monaco-editor").first().click();
    await page.keyboard.type("Why [this](command:x)?");
    await comment.locator(".monaco-button", { hasText: "Add Comment" }).click();
    await comment.locator(".comment-body", { hasText: "Why [this](command:x)?" }).waitFor();
    expect(await comment.locator(".comment-body a").count()).toBe(0);
    await workbench.screenshot("web-review-comment");
  });

  test("what a procedure may do is told in sentences, without a machine", async () => {
    await openFile(workbench, "desk.tac");
    const sentence = workbench.page.locator(
      '[role="treeitem"][aria-label*="The agent clerk asks the model"]',
    );
    await insist(() => workbench.command("Tactus: What May This Do?"), sentence);
    await workbench.screenshot("web-manifest");
  });

  test("nothing was asked of other machines", () => {
    expect(workbench.foreignRequests).toEqual([]);
  });
});
