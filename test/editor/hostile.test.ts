import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parts, skipped } from "#test/support/workbench/missing.ts";
import { packageExtension } from "#test/support/workbench/package-extension.ts";
import { insist, openFile } from "#test/support/workbench/person.ts";
import { startWorkbench, type Workbench } from "#test/support/workbench/workbench.ts";

const folder = path.join(import.meta.dirname, "workspace");

/** A file whose name tries to be more than a name. */
const hostileName = "$(verified) [safe](command:x) \u202ecat.tac";

let workbench: Workbench;

/** What a stranger's file says is text wherever VS Code shows it. Screenshots lie in .cache/screenshots. */
describe.skipIf(skipped)(`hostile text on the screen ${skipped ?? ""}`, () => {
  beforeAll(async () => {
    if (!parts.ok) return;
    workbench = await startWorkbench(parts.value, {
      workspace: folder,
      vsix: packageExtension("hostile"),
      machineSettings: { "tactus.isolation": "embedded", "tactus.nodePath": process.execPath },
      environment: { DOCKER_HOST: "unix:///nowhere/docker.sock" },
    });
    const source = readFileSync(path.join(folder, "desk.tac"), "utf8");
    writeFileSync(path.join(workbench.server.workspace, hostileName), source);
    await workbench.page.locator('.activitybar .action-item a[aria-label^="Tactus"]').click();
  });

  afterAll(async () => workbench?.close());

  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await workbench.screenshot(`failed-${task.name.replaceAll(/\W+/g, "-")}`);
  });

  test("a hover holds no link, no picture and no icon of the file's", async () => {
    await openFile(workbench, "hostile.tac");
    for (const name of ["look", "open_door"]) {
      const word = workbench.page.locator(".view-line").getByText(name, { exact: true }).first();
      const hover = workbench.page.locator(".monaco-hover", { hasText: name }).first();
      await insist(() => word.hover(), hover);
      await hover.getByText("command:workbench.action.closeWindow").first().waitFor();
      await expectInert(hover);
      await workbench.screenshot(`hostile-hover-${name}`);
      await workbench.page.mouse.move(5, 5);
    }
  });

  test("an approval says who asks and what for, and holds nothing but text", async () => {
    await runButton().click();
    await dialog().waitFor();
    await workbench.screenshot("hostile-approval");
    await expectInert(dialog());
    expect(await dialog().textContent()).toContain("rm -rf $(pwd)");
    expect(await dialog().textContent()).toContain("‹U+202E›elif eteled");
    // Line breaks of the message stay, but the first words are ours.
    expect(await dialog().locator(".dialog-message").textContent()).toMatch(
      /^hostile\.tac, line \d+, asks:$/,
    );
  });

  test("the full text is a document without links", async () => {
    const { page } = workbench;
    await insist(
      () => dialog().getByRole("button", { name: "Show Full Text" }).click(),
      pick("Decide Later"),
    );
    await page.locator(".tab.active", { hasText: "Question" }).waitFor();
    await page.locator(".view-line", { hasText: "Nothing else happens" }).waitFor();
    await workbench.screenshot("hostile-full-text");
    expect(await page.locator(".editor-instance .detected-link").count()).toBe(0);
    await insist(() => pick("Reject").click(), pick("Yes"));
  });

  test("the rows of a choice have no icons and no links", async () => {
    const list = workbench.page.locator(".quick-input-widget");
    await workbench.screenshot("hostile-select");
    await expectInert(list);
    // The text of the question before it is gone: it could be taken for this one's.
    await workbench.page.locator(".tab", { hasText: "Question" }).waitFor({ state: "detached" });
    expect(await list.textContent()).toContain("No ‹U+202E›oN");
    await insist(() => workbench.page.keyboard.press("Enter"), row("failed"));
  });

  test("rows of the tree and their tooltips are text", async () => {
    await expectInert(workbench.page.locator(".pane-body .monaco-list-rows").first());
    for (const text of ["Approved by you ⏎ completed in 1 s ‹U+202E›txt.exe", "[open](command:workbench"]) {
      const shown = row(text);
      await shown.hover();
      const hover = workbench.page
        .locator(".monaco-hover")
        .filter({ hasText: text.slice(0, 8) })
        .first();
      await hover.waitFor();
      await expectInert(hover);
      await workbench.page.mouse.move(700, 5);
    }
    await workbench.screenshot("hostile-tree");
  });

  test("a notification has no link of the procedure's", async () => {
    const notice = workbench.page.locator(".notifications-toasts .notification-list-item").first();
    await notice.waitFor();
    await workbench.screenshot("hostile-notice");
    expect(await notice.locator(".notification-list-item-message a, .codicon-flame").count()).toBe(0);
    await notice.hover();
    await notice.locator(".codicon-notifications-clear").first().click();
  });

  test("the name of a file is a name", async () => {
    await openFile(workbench, "$(verified)");
    await runButton().click();
    await row("‹U+202E›cat.tac").waitFor();
    await expectInert(row("‹U+202E›cat.tac"));
    await workbench.screenshot("hostile-file-name");
  });

  test("nothing was asked of other machines", () => {
    expect(workbench.foreignRequests).toEqual([]);
  });
});

/** The icons that the file names, links that run something, pictures. */
async function expectInert(place: Locator): Promise<void> {
  const drawn = place.locator(
    '.codicon-verified, .codicon-flame, .codicon-check, a[href^="command:"], a[data-href^="command:"], img:not([class*="icon"])',
  );
  expect(await drawn.count()).toBe(0);
}

function runButton(): Locator {
  return workbench.page.locator('.editor-actions a[aria-label^="Run in Sandbox"]');
}

function row(text: string): Locator {
  return workbench.rows().filter({ hasText: text }).first();
}

function dialog(): Locator {
  return workbench.page.locator(".monaco-dialog-box", { hasText: "hostile.tac, line" });
}

function pick(text: string): Locator {
  return workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: text });
}
